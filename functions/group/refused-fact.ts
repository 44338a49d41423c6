import * as z from 'zod';
import type { Contract } from '../contracts/contract.ts';
import { identifier } from '../contracts/fields.ts';
import { namedFact } from '../contracts/named-fact.ts';
import { findStore, type Group } from './group.ts';
import { hash } from './hash.ts';

/** What an event says it is a version of. */
export interface VersionOfFact {
  /** The same for every version of one fact, good or refused, at whatever store: its number may come with a wrong id. */
  readonly key: string;
  readonly storeId: string | undefined;
  /** The id is that of no store of the group. */
  readonly isOfNoStore: boolean;
  /** Whose fact it is, of which car: by these it is known again under the right id. */
  readonly subject: string | undefined;
  readonly occurredAt: string | undefined;
}

/** A version of a fact that a function has worked on. */
export interface GoodVersion extends VersionOfFact {
  /** The envelope's `time` and id. */
  readonly time: string | undefined;
  readonly eventId: string;
  readonly functionName: string | undefined;
}

/** Undefined where the event does not say which fact it is. */
export function versionOfFact(
  { detailType, sameFactAs = detailType }: Pick<Contract, 'detailType' | 'sameFactAs'>,
  detail: unknown,
  group: Pick<Group, 'stores'>,
): VersionOfFact | undefined {
  const { storeId, number, occurredAt } = namedFact(detail);
  if (number === undefined) return undefined;
  const subject = subjectOf(detail);
  // Several customers ask about one car: it is no number of a fact of theirs.
  const whose = number.of === 'VIN' && subject !== undefined ? [subject] : [];
  return {
    key: hash([sameFactAs, number.of, number.is, ...whose]),
    storeId,
    isOfNoStore: storeId === undefined || findStore(group, storeId) === undefined,
    subject,
    occurredAt,
  };
}

const text = z.string().optional().catch(undefined);
const number = identifier.optional().catch(undefined);
const named = z.object({
  vin: text,
  customerNumber: number,
  vehicle: z.object({ vin: text }).optional().catch(undefined),
  customer: z.object({ customerNumber: number, email: text, phone: text }).optional().catch(undefined),
});

function subjectOf(detail: unknown): string | undefined {
  const { vin, customerNumber, vehicle, customer } = named.safeParse(detail).data ?? {};
  // A shopper may have no number yet.
  const who = customerNumber ?? customer?.customerNumber ?? customer?.email ?? customer?.phone;
  const parts = [vin ?? vehicle?.vin, who];
  return parts.every((part) => part === undefined)
    ? undefined
    : hash(parts.map((part) => (part ?? '').toUpperCase()));
}

interface Sent {
  readonly storeId?: string | undefined;
  readonly subject?: string | undefined;
  readonly occurredAt?: string | undefined;
  /** The envelope's `time`. */
  readonly time?: string | undefined;
}
interface Delivery {
  readonly eventId?: string | undefined;
  readonly functionName?: string | undefined;
}
interface Refused extends Sent {
  readonly isOfNoStore?: boolean | undefined;
  /** Nothing was wrong with it: a function failed on it, or was not reached. */
  readonly failed?: Delivery | undefined;
}

/**
 * Whether a good version makes up for a refused or failed one. An earlier version, or a late copy of what was sent before
 * the refusal, leaves it where it is: what its sender wanted to change is still unknown.
 */
export function makesUpFor(good: Sent & Delivery, refused: Refused): boolean {
  return (
    isSameFact(good, refused) &&
    isAtLeast(good.occurredAt, refused.occurredAt) &&
    isAtLeast(good.time, refused.time) &&
    (refused.failed === undefined || makesUpForFailure(good, refused, refused.failed))
  );
}

/** Numbers are unique per store only. One that came under an id of no store is known by its customer and car. */
const isSameFact = (good: Sent, refused: Refused): boolean =>
  good.storeId === refused.storeId ||
  (refused.isOfNoStore === true && refused.subject !== undefined && refused.subject === good.subject);

/**
 * A later event reaches every function that the failed one was for, and is a dead letter of its own where it fails. The
 * same event may have reached one of them and not the other. A number that came back for somebody else says nothing of
 * whom it was before.
 */
const makesUpForFailure = (good: Sent & Delivery, { subject }: Sent, failed: Delivery): boolean =>
  subject === good.subject && (failed.eventId !== good.eventId || failed.functionName === good.functionName);

const isAtLeast = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one >= other;

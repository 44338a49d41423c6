import * as z from 'zod';
import { type Contract, OWN_SOURCE } from '../contracts/contract.ts';
import { compareVersions, type FactVersion } from '../contracts/fact-version.ts';
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
  readonly revision: number | undefined;
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
  // Several customers may ask about one car, so a VIN alone does not name a fact.
  const whose = number.of === 'VIN' && subject !== undefined ? [subject] : [];
  return {
    key: hash([sameFactAs, number.of, number.is, ...whose]),
    storeId,
    isOfNoStore: storeId === undefined || findStore(group, storeId) === undefined,
    subject,
    occurredAt,
    revision: numbered.safeParse(detail).data?.revision,
  };
}

const numbered = z.object({ revision: z.number().optional().catch(undefined) });
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
  readonly revision?: number | undefined;
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
export const makesUpFor = (good: Sent & Delivery, refused: Refused): boolean =>
  refused.failed === undefined
    ? isSameFact(good, refused) && isNoEarlier(good, refused)
    : makesUpForFailure(good, refused, refused.failed);

/** Numbers are unique per store only. One that came under an id of no store is known by its customer and car. */
const isSameFact = (good: Sent, refused: Refused): boolean =>
  good.storeId === refused.storeId ||
  (refused.isOfNoStore === true && refused.subject !== undefined && refused.subject === good.subject);

/** What was refused may not say when it happened. */
const isNoEarlier = (good: Sent, refused: Sent): boolean =>
  isAtLeast(good.occurredAt, refused.occurredAt) &&
  isAtLeast(good.time, refused.time) &&
  (good.occurredAt !== refused.occurredAt || (good.revision ?? -1) >= (refused.revision ?? -1));

const isAtLeast = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one >= other;

/**
 * A later version reaches every function that the failed one was for, and is a dead letter of its own where it fails. The
 * same event may have reached one of them and not the other; of two versions of one instant, what they say decides which
 * wins. A number that came back for somebody else says nothing of whom it was before.
 */
function makesUpForFailure(good: Sent & Delivery, refused: Sent, failed: Delivery): boolean {
  if (good.storeId !== refused.storeId || good.subject !== refused.subject) return false;
  if (good.eventId === failed.eventId) return good.functionName === failed.functionName;
  const [one, other] = [versionIn(good), versionIn(refused)];
  return one !== undefined && other !== undefined && compareVersions(one, other) > 0;
}

const versionIn = ({ occurredAt, revision, time: sentAt }: Sent): FactVersion | undefined =>
  occurredAt === undefined ? undefined : { occurredAt, revision, sentAt };

/** It was good, or nobody has looked yet: what it says is not what was wrong. */
export const hasFailed = (queue: string): boolean => queue === 'function' || queue === 'rule';

/** Only this software and AWS may put these on the bus. */
export const isClosedSource = (source: string): boolean => source === OWN_SOURCE || source.startsWith('aws.');

/**
 * The function that alone tries an event again: it failed there, or on the way to it, or nobody may put it on the bus.
 * Undefined where it goes back on the bus, to every function that its rules name.
 */
export function functionToTryAgain({
  queue,
  source,
  functionName,
}: {
  readonly queue: string;
  readonly source: string;
  readonly functionName?: string | undefined;
}): string | undefined {
  return hasFailed(queue) || isClosedSource(source) ? functionName : undefined;
}

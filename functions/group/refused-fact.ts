import * as z from 'zod';
import { type Contract, OWN_SOURCE } from '../contracts/contract.ts';
import { compareVersions, type FactVersion } from '../contracts/fact-version.ts';
import { identifier } from '../contracts/fields.ts';
import { namedFact } from '../contracts/named-fact.ts';
import { findStore, type Group } from './group.ts';
import { hash } from './hash.ts';

/** Which fact an event is a version of. */
export interface VersionOfFact {
  /**
   * The same for every version of a fact, good or refused. It leaves out the store, because an event may come with a
   * wrong store id.
   */
  readonly key: string;
  readonly storeId: string | undefined;
  /** The store id is not one of the group's. */
  readonly isOfNoStore: boolean;
  /** The customer and car of the fact, hashed: they identify it when it is sent again with the right store id. */
  readonly subject: string | undefined;
  readonly occurredAt: string | undefined;
  readonly revision: number | undefined;
}

/** A version of a fact that a function has processed. */
export interface GoodVersion extends VersionOfFact {
  /** The envelope's `time` and id. */
  readonly time: string | undefined;
  readonly eventId: string;
  readonly functionName: string | undefined;
}

/** Undefined if the event does not say which fact it is about. */
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
  // A shopper may not have a customer number yet.
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
  /** Set if nothing was wrong with the event: a function failed on it, or could not be reached. */
  readonly failed?: Delivery | undefined;
}

/**
 * Whether a good version replaces a refused or failed one, so that it comes off the list. An earlier version, or a
 * late copy of something sent before the refusal, does not: what the sender wanted to change is still unknown.
 */
export const makesUpFor = (good: Sent & Delivery, refused: Refused): boolean =>
  refused.failed === undefined
    ? isSameFact(good, refused) && isNoEarlier(good, refused)
    : makesUpForFailure(good, refused, refused.failed);

/** Numbers are unique within a store only. If the store id was wrong, the fact is identified by its customer and car. */
const isSameFact = (good: Sent, refused: Refused): boolean =>
  good.storeId === refused.storeId ||
  (refused.isOfNoStore === true && refused.subject !== undefined && refused.subject === good.subject);

/** A refused event may lack the time when it happened. */
const isNoEarlier = (good: Sent, refused: Sent): boolean =>
  isAtLeast(good.occurredAt, refused.occurredAt) &&
  isAtLeast(good.time, refused.time) &&
  (good.occurredAt !== refused.occurredAt || (good.revision ?? -1) >= (refused.revision ?? -1));

const isAtLeast = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one >= other;

/**
 * A later version reaches every function that the failed one was meant for, and becomes a dead letter itself if it
 * fails there. The same event may have reached one function and not another, so it counts only for its own function.
 * Of two versions with the same instant, the hash of their contents, which is not known here, decides which wins, so
 * neither replaces the other. If a number was reused for another customer, the new fact does not replace the old one.
 */
function makesUpForFailure(good: Sent & Delivery, refused: Sent, failed: Delivery): boolean {
  if (good.storeId !== refused.storeId || good.subject !== refused.subject) return false;
  if (good.eventId === failed.eventId) return good.functionName === failed.functionName;
  const [one, other] = [versionIn(good), versionIn(refused)];
  return one !== undefined && other !== undefined && compareVersions(one, other) > 0;
}

const versionIn = ({ occurredAt, revision, time: sentAt }: Sent): FactVersion | undefined =>
  occurredAt === undefined ? undefined : { occurredAt, revision, sentAt };

/**
 * Whether the event reached or was on its way to a function. It was valid, or nobody had checked it yet, so its
 * content is not known to be wrong.
 */
export const hasFailed = (queue: string): boolean => queue === 'function' || queue === 'rule';

/** Whether only this software and AWS may use the source on the bus. */
export const isClosedSource = (source: string): boolean => source === OWN_SOURCE || source.startsWith('aws.');

/**
 * The function that should try an event again by itself: the event failed in it or on the way to it, or nobody may
 * put its source on the bus. Undefined if the event goes back on the bus, to every function that its rules name.
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

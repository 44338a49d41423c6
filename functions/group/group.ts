/** Look-ups in a dealer group's settings; group-file.ts has read and checked them before a function is deployed. */

import { OWN_SOURCE } from '../contracts/contract.ts';
import type { Problem } from '../contracts/limits.ts';
import { isOfFeed } from './feed-settings.ts';
import type { FirstServiceInterval } from './first-service-interval.ts';
import type { Letterhead } from './letterhead.ts';
import { type NudgePolicy, resolveNudgePolicy } from './nudge-policy.ts';
import type { Group } from './settings.ts';
import type { Department, Store } from './store-settings.ts';

export type { FirstServiceInterval } from './first-service-interval.ts';
export type { WeekHours } from './opening-hours.ts';
export type { Group } from './settings.ts';
export type { Department, Store } from './store-settings.ts';

/** A store of the group; undefined if the id is unknown. */
export function findStore(group: Pick<Group, 'stores'>, id: string): Store | undefined {
  return group.stores.find((one) => one.id === id);
}

const STORES_LISTED = 12;

/** Ends a message to the integrator, who can then correct a mistyped id without opening the file. */
export function expectedStores({ stores }: Pick<Group, 'stores'>): string {
  const ids = stores.slice(0, STORES_LISTED).map(({ id }) => id);
  return `expected one of ${ids.join(', ')}${stores.length > STORES_LISTED ? ', …' : ''}`;
}

/** Adds the valid store ids to a problem: the contract knows only the form of an id, the group's file knows the stores. */
export const withStores = ({ path, message }: Problem, group: Pick<Group, 'stores'>): Problem => ({
  path,
  message: path === 'storeId' ? `${message}; ${expectedStores(group)}` : message,
});

/** The store's own color and logo, else the group's. */
export const letterheadOf = (group: Pick<Group, 'letterhead'>, one: Store): Letterhead => ({
  ...group.letterhead,
  ...one.letterhead,
});

export function nudgePolicyOf(group: Pick<Group, 'nudge'>, one: Store): NudgePolicy {
  return resolveNudgePolicy(group.nudge, one.nudge).policy;
}

/** When the first service is due: the store's own interval, else its brand's, else the group's default. */
export function firstServiceIntervalOf(group: Group, one: Store): FirstServiceInterval {
  return one.firstService ?? group.firstService.byBrand[one.brand] ?? group.firstService.byDefault;
}

/** The fields of a sale that decide where its car is serviced. */
interface SoldCar {
  readonly make?: string | undefined;
  readonly serviceAt?: string | undefined;
}

/**
 * The store whose Service takes a car that was sold here: the one that the sale names, else the one for its make,
 * else the selling store's default.
 */
export function serviceStoreIdOf(one: Store, { make, serviceAt }: SoldCar): string {
  return serviceAt ?? byMake(one, make) ?? one.serviceAt ?? one.id;
}

/** The other stores that service cars sold here, by the group's file. */
export const servicedElsewhere = ({ id, serviceAt, serviceAtByMake = {} }: Store): readonly string[] =>
  [
    ...new Set(
      [serviceAt, ...Object.values(serviceAtByMake)].filter((one) => one !== undefined && one !== id),
    ),
  ].filter((one) => one !== undefined);

const byMake = ({ serviceAtByMake = {} }: Store, make: string | undefined): string | undefined =>
  Object.entries(serviceAtByMake).find(([named]) => named.toLowerCase() === make?.toLowerCase())?.[1];

/** The departments that a store has people for. */
export const departmentsOf = (one: Store): readonly Department[] =>
  hasService(one) ? ['sales', 'service'] : ['sales'];

export const hasService = ({ hours }: Pick<Store, 'hours'>): boolean => hours.service !== undefined;

/** Whether a store may write to this customer: it is live, and the address is on the allow-list if there is one. */
export function mayWriteToCustomer(one: Store, address: string): boolean {
  if (one.mode !== 'live') return false;
  return (
    one.allowList === undefined ||
    one.allowList.some((entry) => (entry.startsWith('@') ? address.endsWith(entry) : entry === address))
  );
}

/**
 * Whether events of a source may be about a store: a sender with that source may speak for the store. Senders that
 * name the source count before an operator's `*`, which would lift their limits. A source without a sender is our
 * own, because the bus policy refuses it from anybody else. A file feed may speak for the stores in its settings.
 */
export function maySpeakFor(
  { eventSenders, feeds }: Pick<Group, 'eventSenders' | 'feeds'>,
  source: string,
  storeId: string,
): boolean {
  if (isOfFeed(feeds, source, storeId)) return true;
  const naming = sendersNaming(eventSenders, source);
  const senders = naming.length > 0 ? naming : eventSenders.filter(({ sources }) => sources.includes('*'));
  const isOurs = senders.length === 0 || source === OWN_SOURCE;
  return isOurs || senders.some((sender) => isFor(sender, storeId));
}

/** Whether a sender that names the source may speak for the store; an operator's `*` names none. */
export const isNamedSender = (
  { eventSenders }: Pick<Group, 'eventSenders'>,
  source: string,
  storeId: string,
): boolean => sendersNaming(eventSenders, source).some((sender) => isFor(sender, storeId));

type Senders = Group['eventSenders'];

const sendersNaming = (eventSenders: Senders, source: string): Senders =>
  eventSenders.filter(({ sources }) => sources.some((pattern) => names(pattern, source)));

const isFor = ({ stores }: Senders[number], storeId: string): boolean =>
  stores === undefined || stores.includes(storeId);

const names = (pattern: string, source: string): boolean =>
  pattern.endsWith('.*') ? source.startsWith(pattern.slice(0, -1)) : pattern === source;

import { hash } from '../group/hash.ts';

/**
 * All keys of the table.
 *
 * | item | pk | sk | read by | | --- | --- | --- | --- | | a handoff task | `task#<task id>` | `task` | every event,
 * click and sweep | | a person's own links and emails at one store | `day#<day id>` | `day` | the morning summary,
 * their page, the sweep | | a store's next openings and known leavers | `store#<store id>` | `watch` | every sweep | |
 * the staff of a store | `roster#<store id>` | `<employee number>` | routing, the roster command | | a customer's
 * opt-outs and bounces | `address#<hash of the address>` | `address` | each customer email | | a vehicle's visits |
 * `vehicle#<VIN>` | `visit#<closed on>#<store id>#<RO number>` | the assessment, 24 months back | | a customer's visits
 * | `customer#<store id>#<customer number>` | the same | the assessment, 24 months back | | where an order's visit is
 * stored | `order#<store id>#<RO number>` | `order` | a corrected or voided order | | the date of a customer's first
 * visit | `customer#<store id>#<customer number>` | `since` | the assessment | | remarks about upgrade conversations |
 * `customer#<store id>#<customer number>` | `memory` | the assessment | | the same remarks by email address and name,
 * across the group | `address#<hash of the address>` | `memory#<hash of the name>` | the assessment | | a decision about an upgrade conversation |
 * `decisions#<store id>#<RO number>` | `<the quote's instant>` | `replay-policy`, by a scan | | a claimed place under a
 * cap | `cap#<what>` | `cap` | the start of an upgrade conversation | | a refused or failed event | `refused` | `<the
 * event's id>` | dead-letters, redrive |
 *
 * Index `due` (`due`, `dueAt`): items with a deadline or a due outbox entry, oldest first.
 * Index `open-by-assignee` (`openFor`, `openSince`): a person's open and snoozed tasks.
 * Index `open-by-store` (`openAt`, `openSince`): a store's open and snoozed tasks, and in a second partition its
 * completed tasks by completion time. All indexes are keys-only and sparse.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const ADDRESS = 'address#';

/** Remarks beside an address had this key, without a name, until release 0.1. */
export const MEMORY = 'memory';

/** An address is known by this only. */
export const addressHash = (address: string): string => hash([address.toLowerCase()]);

export const hashOfAddressKey = (pk: string): string => pk.slice(ADDRESS.length);

export const keys = {
  day: (dayId: string): Key => ({ pk: `day#${dayId}`, sk: 'day' }),
  store: (storeId: string): Key => ({ pk: `store#${storeId}`, sk: 'watch' }),
  task: (taskId: string): Key => ({ pk: `task#${taskId}`, sk: 'task' }),
  roster: (storeId: string) => `roster#${storeId}`,
  staff: (storeId: string, employeeNumber: string): Key => ({ pk: keys.roster(storeId), sk: employeeNumber }),
  address: (address: string): Key => keys.addressOfHash(addressHash(address)),
  addressOfHash: (of: string): Key => ({ pk: `${ADDRESS}${of}`, sk: 'address' }),
  vehicle: (vin: string) => `vehicle#${vin}`,
  visit: (visit: { vin: string; closedOn: string; storeId: string; roNumber: string }): Key => ({
    pk: keys.vehicle(visit.vin),
    sk: `visit#${visit.closedOn}#${visit.storeId}#${visit.roNumber}`,
  }),
  visitOfCustomer: (visit: {
    customerNumber: string;
    closedOn: string;
    storeId: string;
    roNumber: string;
  }): Key => ({
    pk: keys.customerSince(visit.storeId, visit.customerNumber).pk,
    sk: `visit#${visit.closedOn}#${visit.storeId}#${visit.roNumber}`,
  }),
  order: (storeId: string, roNumber: string): Key => ({ pk: `order#${storeId}#${roNumber}`, sk: 'order' }),
  customerSince: (storeId: string, customerNumber: string): Key => ({
    pk: `customer#${storeId}#${customerNumber}`,
    sk: 'since',
  }),
  memoryOfCustomer: (storeId: string, customerNumber: string): Key => ({
    pk: keys.customerSince(storeId, customerNumber).pk,
    sk: MEMORY,
  }),
  memoryOfAddress: (address: string, nameKey: string): Key => ({
    pk: keys.address(address).pk,
    sk: `${MEMORY}#${hash([nameKey])}`,
  }),
  decision: (storeId: string, roNumber: string, quotedAt: string): Key => ({
    pk: `decisions#${storeId}#${roNumber}`,
    sk: quotedAt,
  }),
  cap: (what: string): Key => ({ pk: `cap#${what}`, sk: 'cap' }),
  refused: 'refused',
} as const;

/** Partition keys of the indexes by person and by store. */
export const openFor = (storeId: string, employeeNumber: string) => `${storeId}#${employeeNumber}`;
export const doneAt = (storeId: string) => `done#${storeId}`;

/** The only partition of the index `due`. */
export const DUE = 'due';

import { createHash } from 'node:crypto';
import type { TaskKind } from './task.ts';

/**
 * Every key of the table is made here.
 *
 * | what | pk | sk | asked by |
 * | --- | --- | --- | --- |
 * | a handoff task, by its business fact | `task#<task id>` | `task` | every event, click and sweep |
 * | a person's own links and emails, at one store | `day#<day id>` | `day` | the morning, their page, the sweep |
 * | when a store's next mornings are, which leavers are known | `store#<store id>` | `watch` | every sweep |
 * | the staff of a store | `roster#<store id>` | `<employee number>` | routing, the roster command |
 * | what a customer said no to, and bounces | `address#<hash of the address>` | `address` | each customer email |
 * | a vehicle's visits | `vehicle#<VIN>` | `visit#<closed on>#<store id>#<RO number>` | the assessment, 24 months back |
 * | a customer's visits | `customer#<store id>#<customer number>` | the same | the assessment, 24 months back |
 * | where an order's visit stands | `order#<store id>#<RO number>` | `order` | a corrected or voided order |
 * | since when someone is a service customer | `customer#<store id>#<customer number>` | `since` | the assessment |
 * | what was said of talking to a customer | `customer#<store id>#<customer number>` | `memory` | the assessment |
 * | the same, by their address, across the group | `address#<hash of the address>` | `memory` | the assessment |
 * | a decision about an upgrade, fired or not | `decisions#<store id>#<RO number>` | `<the quote's instant>` | what-if, by a scan |
 * | a claimed place under a cap | `cap#<what>` | `cap` | the start of an upgrade conversation |
 * | a refused or failed event | `refused` | `<the event's id>` | dead-letters, redrive |
 *
 * Index `due` (`due`, `dueAt`): items with a deadline or something owed, oldest first.
 * Index `open-by-assignee` (`openFor`, `openSince`): a person's open and resting tasks.
 * Index `open-by-store` (`openAt`, `openSince`): a store's, and in a partition beside them what was completed, by when.
 * All keys-only, all sparse.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What names a task in the trade: its kind, store and number. Numbers are unique per store only. */
export type TaskSubject =
  | { kind: 'service-introduction'; storeId: string; dealNumber: string }
  | { kind: 'first-service-visit'; storeId: string; vin: string; customerNumber: string }
  | { kind: 'repair-options' | 'upgrade-conversation'; storeId: string; roNumber: string };

/** Opaque and ASCII, for links and SES tags: the same fact always gives the same id. */
export function taskIdOf(subject: TaskSubject): string {
  const parts =
    subject.kind === 'service-introduction'
      ? [subject.dealNumber]
      : subject.kind === 'first-service-visit'
        ? [subject.vin, subject.customerNumber]
        : [subject.roNumber];
  return hash([subject.kind, subject.storeId, ...parts]).slice(0, 32);
}

/** A person at one store, as their own link names them. Who works at two stores has two. */
export const dayIdOf = (storeId: string, employeeNumber: string): string =>
  hash(['my-day', storeId, employeeNumber]).slice(0, 32);

export const keys = {
  day: (dayId: string): Key => ({ pk: `day#${dayId}`, sk: 'day' }),
  store: (storeId: string): Key => ({ pk: `store#${storeId}`, sk: 'watch' }),
  task: (taskId: string): Key => ({ pk: `task#${taskId}`, sk: 'task' }),
  roster: (storeId: string) => `roster#${storeId}`,
  staff: (storeId: string, employeeNumber: string): Key => ({ pk: keys.roster(storeId), sk: employeeNumber }),
  address: (address: string): Key => ({ pk: `address#${hash([address.toLowerCase()])}`, sk: 'address' }),
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
    sk: 'memory',
  }),
  memoryOfAddress: (address: string): Key => ({ pk: keys.address(address).pk, sk: 'memory' }),
  decision: (storeId: string, roNumber: string, quotedAt: string): Key => ({
    pk: `decisions#${storeId}#${roNumber}`,
    sk: quotedAt,
  }),
  cap: (what: string): Key => ({ pk: `cap#${what}`, sk: 'cap' }),
  refused: 'refused',
} as const;

/** Partitions of the indexes by person and store. */
export const openFor = (storeId: string, employeeNumber: string) => `${storeId}#${employeeNumber}`;
export const doneAt = (storeId: string) => `done#${storeId}`;

/** The one partition of the index `due`. */
export const DUE = 'due';

export function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export type { TaskKind };

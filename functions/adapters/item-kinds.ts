import type { Key } from './keys.ts';

/**
 * Every kind of item in the table: its keys, who reads it, and how those of one customer are found. The roles of
 * functions, and exporting and erasing a customer, are derived from it; a test checks that each key belongs to one kind.
 *
 * Index `due` (`due`, `dueAt`): items with a deadline or a due outbox entry, oldest first.
 * Index `open-by-assignee` (`openFor`, `openSince`): a person's open and snoozed tasks, and in a second partition those
 * whose customer did not come back.
 * Index `open-by-store` (`openAt`, `openSince`): a store's open and snoozed tasks, and in a second partition its
 * completed tasks by completion time, and those whose customer did not come back. All indexes are keys-only and sparse.
 */
export interface ItemKind {
  /** How the partition key begins. One that ends with `#` is followed by what identifies the item. */
  readonly partition: string;
  /** How the sort key begins. */
  readonly sort: string;
  readonly is: string;
  readonly readBy: string;
  /**
   * How a customer's items are found:
   * - `nobody's`: holds nothing about a customer.
   * - `number`, `address`, `place`: the partition key names the customer, or their address by its hash, plain or
   *   keyed.
   * - `content`: the item has to be read; its `storeId` and `customerNumber` say whose it is.
   */
  readonly customer: "nobody's" | 'number' | 'address' | 'place' | 'content';
  /** Left out: deleted. An opt-out outlives the erasure, as a hash. */
  readonly whenErased?: 'kept';
}

export const itemKinds = {
  task: {
    ...{ partition: 'task#', sort: 'task', is: 'a handoff task' },
    ...{ readBy: 'every event, click and sweep', customer: 'content' },
  },
  day: {
    ...{ partition: 'day#', sort: 'day', is: "a person's own links and emails at one store" },
    ...{ readBy: 'the morning summary, their page, the sweep', customer: "nobody's" },
  },
  'weekly report': {
    ...{ partition: 'report#', sort: 'report', is: "a store's weekly report: its numbers, emails and links" },
    ...{ readBy: 'the sweep, the page of the numbers', customer: "nobody's" },
  },
  watch: {
    ...{ partition: 'store#', sort: 'watch', is: "a store's next openings and known leavers" },
    ...{ readBy: 'every sweep', customer: "nobody's" },
  },
  staff: {
    ...{ partition: 'roster#', sort: '', is: 'somebody of the staff of a store, by employee number' },
    ...{ readBy: 'routing, the roster command', customer: "nobody's" },
  },
  'unknown number': {
    ...{ partition: 'unknown-number#', sort: '', is: 'an employee number that the roster does not have' },
    ...{ readBy: 'the roster command', customer: "nobody's" },
  },
  place: {
    ...{
      partition: 'place#',
      sort: 'place',
      is: 'what an address, phone or customer number said no to, and bounces, by keyed hash',
    },
    ...{ readBy: 'each email and page', customer: 'place', whenErased: 'kept' },
  },
  address: {
    ...{ partition: 'address#', sort: 'address', is: 'the same by plain hash, of releases before 2026-12' },
    ...{ readBy: 'each email and page', customer: 'address', whenErased: 'kept' },
  },
  'remarks at an address': {
    ...{ partition: 'place#', sort: 'memory', is: 'remarks by address and name, keyed, across the group' },
    ...{ readBy: 'the assessment', customer: 'place' },
  },
  'appointments of a customer': {
    ...{ partition: 'place#', sort: 'appointments', is: 'appointments by the customer whom they name' },
    ...{ readBy: 'keep-customers, until the car of each is known', customer: 'place' },
  },
  'former remarks': {
    ...{ partition: 'address#', sort: 'memory', is: 'the same by plain hash, of releases before 2026-12' },
    ...{ readBy: 'the assessment', customer: 'address' },
  },
  'former appointments': {
    ...{
      partition: 'address#',
      sort: 'appointments',
      is: 'the same by plain hash, of releases before 2026-12',
    },
    ...{ readBy: 'keep-customers', customer: 'address' },
  },
  'visit of a car': {
    ...{ partition: 'vehicle#', sort: 'visit#', is: 'a visit, by car and date' },
    ...{ readBy: 'the assessment, 24 months back', customer: 'content' },
  },
  'owners of a car': {
    ...{
      partition: 'vehicle#',
      sort: 'owners',
      is: 'whose first service of a car is known, and its appointments',
    },
    ...{ readBy: 'a first service, a visit at another store, a sale', customer: 'content' },
  },
  'appointment ahead': {
    ...{ partition: 'ahead#', sort: '', is: 'a car that is booked into Service, by store and day' },
    ...{ readBy: 'the sweep, before the last list of the day before', customer: 'content' },
  },
  'value of a car': {
    ...{ partition: 'vehicle#', sort: 'price', is: 'what a guide said a car is worth' },
    ...{ readBy: 'the assessment, with the owners of the car', customer: "nobody's" },
  },
  'recalls of a model': {
    ...{ partition: 'recalls#', sort: 'model', is: 'the recalls of a make, model and year, by their hash' },
    ...{ readBy: 'the sheet of a quote, where the group asks for them', customer: "nobody's" },
  },
  'visit of a customer': {
    ...{ partition: 'customer#', sort: 'visit#', is: 'the same visit, by customer and date' },
    ...{ readBy: 'the assessment, 24 months back', customer: 'number' },
  },
  deal: {
    ...{
      partition: 'deal#',
      sort: 'deal',
      is: 'a sale as its latest version says, and where its copies are',
    },
    ...{ readBy: 'a corrected or unwound deal', customer: 'content' },
  },
  'sale of a car': {
    ...{ partition: 'vehicle#', sort: 'sale#', is: 'a sale, by car and date' },
    ...{ readBy: 'a first service, a visit, a later sale, the assessment', customer: 'content' },
  },
  'sale to a customer': {
    ...{ partition: 'customer#', sort: 'sale#', is: 'the same sale, by customer and date' },
    ...{ readBy: 'the assessment', customer: 'number' },
  },
  'first visit': {
    ...{ partition: 'customer#', sort: 'since', is: "the date of a customer's first visit" },
    ...{ readBy: 'the assessment', customer: 'number' },
  },
  card: {
    ...{ partition: 'customer#', sort: 'card', is: 'what a store knows of a customer: name, contacts, cars' },
    ...{ readBy: 'keep-customers, the customer command', customer: 'number' },
  },
  'customer of an advisor': {
    ...{ partition: 'advised#', sort: '', is: 'a customer, by the store and the advisor whom they had last' },
    ...{ readBy: 'the letter to the customers of an advisor who left', customer: 'content' },
  },
  campaign: {
    ...{
      partition: 'campaign#',
      sort: 'campaign',
      is: "the letter to a leaver's customers, and how far it is",
    },
    ...{ readBy: 'the sweep, the morning email and page of managers', customer: "nobody's" },
  },
  letter: {
    ...{ partition: 'letter#', sort: '', is: 'that letter to one customer, by campaign and customer' },
    ...{ readBy: 'the sweep, reports of SES, the links in it', customer: 'content' },
  },
  'look-up': {
    ...{ partition: 'look-up#', sort: '', is: 'whose a phone number, address or VIN is, by keyed hash' },
    ...{ readBy: 'keep-customers, the customer command', customer: 'content' },
  },
  erasure: {
    ...{ partition: 'erased', sort: '', is: 'keyed hashes of an erased customer, and the instant' },
    ...{ readBy: 'every event, at most once a minute', customer: "nobody's" },
  },
  'customer number': {
    ...{
      partition: 'number#',
      sort: 'number',
      is: 'newer contact details, and numbers merged with this one',
    },
    ...{ readBy: 'each email and page', customer: 'number' },
  },
  remarks: {
    ...{ partition: 'customer#', sort: 'memory', is: 'remarks about upgrade conversations' },
    ...{ readBy: 'the assessment', customer: 'number' },
  },
  order: {
    ...{ partition: 'order#', sort: 'order', is: "where an order's visit is stored" },
    ...{ readBy: 'a corrected or voided order', customer: 'content' },
  },
  decision: {
    ...{
      partition: 'decisions#',
      sort: '',
      is: 'a decision about an upgrade conversation, by quote or of a visit',
    },
    ...{ readBy: '`replay-policy`, by a scan', customer: 'content' },
  },
  'cap of a customer': {
    ...{ partition: 'cap#', sort: 'cap', is: 'places under a cap, of a customer, household, car or person' },
    ...{ readBy: 'the start of an upgrade conversation', customer: 'number' },
  },
  'place of credit': {
    ...{
      partition: 'credit#',
      sort: '',
      is: 'a handoff, a deal, a contact of Sales or a household in the holdout, by customer, keyed',
    },
    ...{
      readBy: 'the search for the handoffs that a sale follows from; the draw of an arm',
      customer: 'content',
    },
  },
  outcome: {
    ...{ partition: 'outcomes#', sort: '', is: 'an outcome fact, by store and month, under pseudonyms' },
    ...{ readBy: "the month's file, the credit command", customer: "nobody's" },
  },
  'month of outcomes': {
    ...{ partition: 'outcome-months', sort: '', is: "which months have new facts, and each month's file" },
    ...{ readBy: 'the nightly job', customer: "nobody's" },
  },
  'event in the index': {
    ...{ partition: 'event#', sort: '', is: 'a task that an event changed, by ids' },
    ...{ readBy: '`trace`', customer: "nobody's" },
  },
  refusal: {
    ...{ partition: 'refused', sort: '', is: 'a refused or failed event, by its id' },
    ...{ readBy: 'dead-letters, redrive', customer: 'content' },
  },
  'refused version': {
    ...{ partition: 'fact#', sort: '', is: 'the id of a refusal, by the hash of the fact it is about' },
    ...{ readBy: 'every event that is worked on: it makes up for what was refused', customer: "nobody's" },
  },
  feed: {
    ...{ partition: 'feeds', sort: '', is: 'when a source last sent something about a store' },
    ...{ readBy: 'every sweep, the morning email of managers, preflight', customer: "nobody's" },
  },
  'file of a feed': {
    ...{ partition: 'feed-file#', sort: '', is: 'the receipt of a file, by the time and a hash of it' },
    ...{ readBy: 'read-feed, the sweep where a file is not finished, `feed receipts`', customer: "nobody's" },
  },
  'fact of a feed': {
    ...{ partition: 'feed-fact#', sort: '', is: 'the keyed hash of what a file last said of a number' },
    ...{ readBy: 'read-feed, a hundred rows a call', customer: "nobody's" },
  },
  'refused posts': {
    ...{
      partition: 'posts#',
      sort: '',
      is: 'how many posts of a feed did nothing in a day (UTC), by reason',
    },
    ...{ readBy: '`feed receipts`', customer: "nobody's" },
  },
  'refusal of a feed': {
    ...{ partition: 'feed-refusals#', sort: '', is: 'a refused event of a store, by its time and id' },
    ...{ readBy: 'the morning email of managers', customer: "nobody's" },
  },
  lead: {
    ...{ partition: 'crm#', sort: 'lead#', is: "a handoff that the store's CRM has a lead of, by its id" },
    ...{ readBy: 'an answer of the CRM, the morning email of managers', customer: "nobody's" },
  },
  'unknown lead': {
    ...{ partition: 'crm#', sort: 'unknown#', is: 'an answer of the CRM to no known lead, by number' },
    ...{ readBy: 'the morning email of managers', customer: "nobody's" },
  },
} as const satisfies Readonly<Record<string, ItemKind>>;
export type ItemKindName = keyof typeof itemKinds;
export type Partition = (typeof itemKinds)[ItemKindName]['partition'];

/** The kind of the item at a key; undefined for one that another release wrote. */
export function itemKindAt({ pk, sk }: Key): ItemKindName | undefined {
  return itemKindNames.find((name) => {
    const { partition, sort } = itemKinds[name];
    return (partition.endsWith('#') ? pk.startsWith(partition) : pk === partition) && sk.startsWith(sort);
  });
}

const isItemKind = (name: string): name is ItemKindName => Object.hasOwn(itemKinds, name);
export const itemKindNames: readonly ItemKindName[] = Object.keys(itemKinds).filter(isItemKind);

import { describe, expect, it } from 'vitest';
import { itemKindAt, itemKindNames, itemKinds } from '../../../functions/adapters/item-kinds.ts';
import { type Key, keys } from '../../../functions/adapters/keys.ts';
import { type Access, access } from '../../../lib/access.ts';

const visit = { vin: 'VIN', customerNumber: '1', closedOn: '2026-11-20', storeId: 'north', roNumber: '2' };

const sale = { vin: 'VIN', customerNumber: '1', soldOn: '2026-11-20', storeId: 'north', dealNumber: '3' };

/** One of each key that there is: a key that is missing here does not compile. */
const oneOfEach: Readonly<Record<keyof typeof keys, Key>> = {
  day: keys.day('1'),
  report: keys.report('1'),
  store: keys.store('north'),
  task: keys.task('1'),
  roster: { pk: keys.roster('north'), sk: '1077' },
  unknownNumbers: { pk: keys.unknownNumbers('north'), sk: '01077' },
  unknownNumber: keys.unknownNumber('north', '01077'),
  staff: keys.staff('north', '1077'),
  place: keys.place('abc'),
  address: keys.address('maria@example.com'),
  addressOfHash: keys.addressOfHash('abc'),
  appointments: keys.appointments('abc'),
  formerAppointments: keys.formerAppointments('abc'),
  vehicle: { pk: keys.vehicle('VIN'), sk: keys.visit(visit).sk },
  carOwners: keys.carOwners('VIN'),
  modelRecalls: keys.modelRecalls({ make: 'Honda', model: 'CR-V', year: 2015 }),
  carValue: keys.carValue('VIN'),
  visit: keys.visit(visit),
  visitOfCustomer: keys.visitOfCustomer(visit),
  aheadOn: { pk: keys.aheadOn('north', '2026-11-21'), sk: '' },
  ahead: keys.ahead({ storeId: 'north', on: '2026-11-21', appointmentNumber: 'A-1' }),
  order: keys.order('north', '1'),
  deal: keys.deal('north', '3'),
  sale: keys.sale(sale),
  saleToCustomer: keys.saleToCustomer(sale),
  customerSince: keys.customerSince('north', '1'),
  customerNumber: keys.customerNumber('north', '1'),
  memoryOfCustomer: keys.memoryOfCustomer('north', '1'),
  memoryAtPlace: keys.memoryAtPlace('abc', 'def'),
  formerMemory: keys.formerMemory('abc', 'def'),
  decision: keys.decision('north', '1', '2026-11-20T18:00:00.000Z'),
  visitDecision: keys.visitDecision('north', '1'),
  card: keys.card('north', '1'),
  lookUp: keys.lookUp('abc', 'north', '1'),
  advisedBy: { pk: keys.advisedBy('north', '1042'), sk: '' },
  advised: keys.advised('north', '1042', '1'),
  campaign: keys.campaign('0123456789abcdef'),
  lettersOf: { pk: keys.lettersOf('0123456789abcdef'), sk: '' },
  letter: keys.letter('0123456789abcdef0123456789abcdef'),
  erased: { pk: keys.erased, sk: 'certificate-1' },
  cap: keys.cap('customer#north#1'),
  creditPlace: keys.creditPlace('abc', 'handoff#1'),
  outcomes: { pk: keys.outcomes('north', '2026-11'), sk: '' },
  outcome: keys.outcome({ storeId: 'north', at: '2026-11-20T18:00:00.000Z', id: '1' }),
  outcomeMonths: { pk: keys.outcomeMonths, sk: '' },
  changedMonth: keys.changedMonth('2026-11', 'north'),
  monthFile: keys.monthFile('2026-11'),
  event: keys.event('event-1', 'task-1'),
  refusedFact: keys.refusedFact('abc', 'event-1'),
  refused: { pk: keys.refused, sk: 'event-1' },
  leads: { pk: keys.leads('north'), sk: 'lead#1' },
  lead: keys.lead('north', '1'),
  unknownLead: keys.unknownLead('north', 'L-1'),
  feeds: { pk: keys.feeds, sk: 'north#dms.cdk' },
  feed: keys.feed({ storeId: 'north', source: 'dms.cdk' }),
  feedFiles: { pk: keys.feedFiles('orders'), sk: '' },
  feedFile: keys.feedFile('orders', '2026-11-20T09:12:00.000Z', 'abc'),
  feedFact: keys.feedFact('orders', 'RO#north#1'),
  refusedPostsOf: { pk: keys.refusedPostsOf('orders'), sk: '' },
  refusedPosts: keys.refusedPosts('orders', '2026-11-20'),
  feedRead: keys.feedRead('orders'),
  feedRefusals: { pk: keys.feedRefusals('north'), sk: '' },
  feedRefusal: keys.feedRefusal('north', '2026-11-20T18:00:00.000Z', 'event-1'),
};

describe('the table of items', () => {
  it.each(Object.entries(oneOfEach))('has the kind of each key: %s', (_name, { pk, sk }) => {
    const fitting = itemKindNames.filter((name) => {
      const { partition, sort } = itemKinds[name];
      return pk.startsWith(partition) && sk.startsWith(sort);
    });
    expect(fitting).toEqual([itemKindAt({ pk, sk })]);
  });

  it('has no kind without a key', () => {
    expect(new Set(Object.values(oneOfEach).map(itemKindAt))).toEqual(new Set(itemKindNames));
  });

  it('has no partition that nobody reads or writes', () => {
    const reached = Object.values<Access>(access).flatMap(({ reads, writes, updates = [] }) => [
      ...reads,
      ...writes,
      ...updates,
    ]);
    const partitions = itemKindNames.map((name) => itemKinds[name].partition);
    expect(new Set(reached.map((prefix) => prefix.replace('*', '')))).toEqual(new Set(partitions));
  });

  it('keeps of an erased customer what they said no to, and nothing else', () => {
    const kept = itemKindNames.filter((name) => 'whenErased' in itemKinds[name]);
    expect(kept).toEqual(['place', 'address']);
  });
});

import { FactsByHand } from './facts.ts';

/**
 * A year of two stores, counted on paper up to 2026-12-31. What each car is there for is noted beside it; the numbers are in
 * year-by-hand.test.ts.
 */
export const today = '2026-12-31';

const north = new FactsByHand('north');
const south = new FactsByHand('south');
const west = new FactsByHand('west');

// Sold on 2024-12-15: two years of ownership are over.
for (const car of ['1', '2', '3', '4', '5', '6', '7']) north.sold(car, '2024-12-15');
// 1: twice in the first year, the second time on its last day.
north.visited('1', '2025-06-15').visited('1', '2025-12-14');
// 2: on the first day of the second year; then paid by the warranty.
north.visited('2', '2025-12-15').visited('2', '2026-06-01', { paidBy: 'warranty' });
// 3: twice in the last twelve months.
north.visited('3', '2026-02-01').visited('3', '2026-08-10');
// 4: at the sister store only.
south.visited('4', '2025-05-05').visited('4', '2026-05-05');
// 5: sold again by the sister store; the first owner's visits are no longer asked for, the second owner never came there.
north.visited('5', '2025-06-01').visited('5', '2025-08-01');
south.sold('5', '2025-07-01', { deal: 'deal of 5, again' });
// 6: unwound. 7: unwound, and booked again under its number.
north.tell({ car: '6', deal: 'deal of 6' }, { what: 'unwound', at: '2024-12-20T16:00:00Z' });
north.tell({ car: '7', deal: 'deal of 7' }, { what: 'unwound', at: '2024-12-20T16:00:00Z' });
north.sold('7', '2025-01-10').visited('7', '2025-03-01');
// 8: to another dealer.
north.sold('8', '2024-12-15', { dealType: 'wholesale' });

// Sold on a leap day. 9: a visit on the last day of the first year. 10: an order that was voided.
north.sold('9', '2024-02-29').visited('9', '2025-02-28');
north.sold('10', '2024-02-29').visited('10', '2024-10-01', { order: 'voided one' });
north.tell({ order: 'voided one' }, { what: 'voided', at: '2024-10-03T16:00:00Z' });

// 11: the seller was corrected, and the day of the visit; the later version comes first here.
north.sold('11', '2025-06-30', { by: 'S1', at: '2025-07-02T16:00:00Z' });
north.sold('11', '2025-06-30', { by: 'S2', at: '2025-06-30T20:00:00Z' });
north.visited('11', '2026-12-01', { order: 'moved', at: '2026-12-02T16:00:00Z' });
north.visited('11', '2025-12-01', { order: 'moved', at: '2025-12-01T22:00:00Z' });
// 12: once at the dealer's cost, twice at the customer's.
north.sold('12', '2025-06-30').visited('12', '2026-01-15', { paidBy: 'dealer' });
north.visited('12', '2026-03-15').visited('12', '2026-09-01');

// Six cars in May 2026: how their buyers met Service, and when the first visit was booked.
for (const car of ['13', '14', '15', '16', '17', '18']) north.sold(car, '2026-05-02', { by: 'S3' });
const at = '2026-05-02T20:30:00Z';
const deal = (car: string) => ({
  car,
  deal: `deal of ${car}`,
  kind: 'service-introduction',
  handoff: `h${car}`,
});
north.tell(deal('13'), { what: 'introduced', at, how: 'in person', by: 'A1' });
north.tell(deal('14'), { what: 'introduced', at, how: 'by phone', by: 'A1' });
north.tell(deal('14'), { what: 'introduced', at: '2026-05-03T20:30:00Z', how: 'in person', by: 'A1' });
north.tell(deal('15'), { what: 'introduced', at, how: 'walked over', by: 'S3' });
north.tell(deal('16'), { what: 'met', at: '2026-05-04T09:00:00Z', answer: 'yes' });
north.tell(deal('17'), { what: 'met', at: '2026-05-04T09:00:00Z', answer: 'no' });
north.tell(deal('18'), { what: 'introduced', at, how: 'by video', by: 'A1' });
north.tell({ car: '18', deal: 'deal of 18' }, { what: 'unwound', at: '2026-05-05T16:00:00Z' });
const booked = (car: string, on: string) =>
  north.tell({ car }, { what: 'booked', at: `${on}T15:00:00Z`, by: 'A1', startsAt: '2026-11-02T15:00:00Z' });
booked('13', '2026-05-09');
booked('14', '2026-05-10');
booked('15', '2026-05-02');
booked('15', '2026-05-03');
booked('16', '2026-04-30');

// First services. 21 fell due thirty days ago to the day, 22 a day later; 23 was moved; 24 was handed on.
const visit = (car: string) => ({ car, kind: 'first-service-visit', handoff: `f${car}` });
const falls = (car: string, on: string, told = '2026-09-01T12:00:00Z') =>
  north
    .tell(visit(car), { what: 'handed over', at: told, from: [], to: 'A1', why: 'partner' })
    .tell(visit(car), { what: 'fell due', at: told, on });
falls('19', '2026-11-01').tell(visit('19'), { what: 'showed', at: '2026-10-25T22:00:00Z', on: '2026-10-25' });
falls('20', '2026-11-01');
falls('21', '2026-12-01').tell(visit('21'), { what: 'showed', at: '2026-12-20T22:00:00Z', on: '2026-12-20' });
falls('22', '2026-12-02').tell(visit('22'), { what: 'showed', at: '2026-12-20T22:00:00Z', on: '2026-12-20' });
falls('23', '2026-10-01').tell(visit('23'), {
  what: 'fell due',
  at: '2026-09-20T12:00:00Z',
  on: '2026-12-30',
});
falls('24', '2026-11-10')
  .tell(visit('24'), { what: 'handed over', at: '2026-10-01T12:00:00Z', from: [], to: 'A2', why: 'moved on' })
  .tell(visit('24'), { what: 'showed', at: '2026-11-12T22:00:00Z', on: '2026-11-12' });

// Six orders in March 2026, and what came of their quotes. 30 is paid by the warranty.
const order = (car: string) => ({ car, order: `r${car}` });
for (const car of ['25', '26', '27', '28', '29'])
  north.visited(car, '2026-03-10', { order: `r${car}`, by: 'A1' });
north.visited('30', '2026-03-10', { order: 'r30', by: 'A1', paidBy: 'warranty' });
const quotedAt = '2026-03-10T16:00:00Z';
const judged = (
  car: string,
  what: 'nudged' | 'silent',
  reasonsFor: string[],
  suppressions: string[] = [],
  says: { at?: string; lacks?: string[] } = {},
) => north.tell(order(car), { what, at: quotedAt, reasonsFor, reasonsAgainst: [], suppressions, ...says });
judged('25', 'nudged', ['long-term', 'spend']);
judged('26', 'nudged', ['long-term']);
judged('27', 'silent', ['spend'], ['bought-lately', 'complaint-open']);
judged('28', 'silent', [], ['complaint-open']);
judged('29', 'nudged', ['spend']);
// 29: silent at first, until the complaint was settled. 25: the customer asked, whatever its last version says.
judged('29', 'silent', ['spend'], ['complaint-open'], { at: '2026-03-10T15:00:00Z' });
judged('25', 'silent', ['spend'], ['complaint-open'], { at: '2026-03-10T17:00:00Z' });
// 30: too little for the rule. 27: quoted again. 28: corrected to less than the minimum.
judged('30', 'silent', ['spend'], [], { lacks: ['too-few-reasons', 'not-a-long-term-customer'] });
judged('27', 'silent', ['spend'], ['complaint-open'], { at: '2026-03-10T17:00:00Z' });
judged('28', 'silent', [], ['below-minimum', 'complaint-open'], { at: '2026-03-10T17:00:00Z' });
const talk = (car: string) => ({ ...order(car), kind: 'upgrade-conversation', handoff: `c${car}` });
for (const car of ['25', '26', '29'])
  north.tell(talk(car), {
    what: 'handed over',
    at: '2026-03-10T16:05:00Z',
    from: ['A1'],
    to: 'S3',
    why: 'seller',
  });
// 25: accepted, taken back, accepted by somebody else; sold.
north
  .tell(talk('25'), { what: 'accepted', at: '2026-03-10T16:08:00Z', by: 'S3', minutes: 3 })
  .tell(talk('25'), { what: 'taken back', at: '2026-03-10T16:10:00Z', by: 'S3', choice: 'accept' })
  .tell(talk('25'), { what: 'accepted', at: '2026-03-10T16:17:00Z', by: 'S4', minutes: 12 })
  .tell(talk('25'), { what: 'ended', at: '2026-03-12T16:00:00Z', as: 'sold', by: 'S4', how: 'outcome' });
const match = { person: 'customer', sameCar: 'traded in', soldOn: '2026-03-12', salespeople: ['S4'] };
north.tell({ ...talk('25'), deal: 'x' }, { what: 'matched', at: '2026-03-12T17:00:00Z', ...match });
// 26: escalated, accepted the next day; not ready; its sale was unwound.
north
  .tell(talk('26'), { what: 'escalated', at: '2026-03-10T18:00:00Z', limit: 'accept' })
  .tell(talk('26'), { what: 'accepted', at: '2026-03-11T16:00:00Z', by: 'S3', minutes: 600 })
  .tell(talk('26'), { what: 'ended', at: '2026-03-11T17:00:00Z', as: 'not-ready', by: 'S3', how: 'outcome' })
  .tell({ ...talk('26'), deal: 'y' }, { what: 'matched', at: '2026-03-20T17:00:00Z', ...match })
  .tell(
    { ...talk('26'), deal: 'y' },
    { what: 'no longer matched', at: '2026-03-25T17:00:00Z', why: 'unwound' },
  );
// 29: accepted and taken back; the order was voided, which says nothing of the nudge.
north
  .tell(talk('29'), { what: 'accepted', at: '2026-03-10T16:10:00Z', by: 'S3', minutes: 5 })
  .tell(talk('29'), { what: 'taken back', at: '2026-03-10T16:20:00Z', by: 'S3', choice: 'accept' })
  .tell(talk('29'), {
    what: 'ended',
    at: '2026-03-11T17:00:00Z',
    as: 'order voided',
    by: 'dms',
    how: 'outcome',
  });

// One shopper, whose car was merely broken.
north.tell(
  { car: '31', kind: 'repair-instead', handoff: 'p31' },
  { what: 'handed over', at: '2026-04-01T18:00:00Z', from: ['S3'], to: 'A1', why: 'partner' },
);

// The letters of the six introductions of May 2026, and what the first services of 19 and 20 were written of.
const emailed = (
  about: ReturnType<typeof deal | typeof visit>,
  email: string,
  became: 'delivered' | 'bounced' | 'complained' | 'opted out',
  says: { at?: string; localDate?: string; message?: string } = {},
) => {
  const { at: leftAt = '2026-05-02T21:00:00Z', localDate, message = 'introduction-to-customer' } = says;
  return north.tell(
    { ...about, ...(localDate === undefined ? {} : { localDate }) },
    { what: 'emailed', at: leftAt, email, message, became },
  );
};
emailed(deal('13'), 'e2', 'delivered');
// 14: taken by the mailbox, and returned the next day. 15: complained of. 16: no email, at the customer's wish.
emailed(deal('14'), 'e2', 'delivered');
emailed(deal('14'), 'e2', 'bounced');
emailed(deal('15'), 'e2', 'complained');
emailed(deal('15'), 'e2', 'delivered');
emailed(deal('16'), 'e2', 'opted out');
// 17: on the last evening of May by the store's clock, which is June in UTC. 18: returned, then written to the right address.
emailed(deal('17'), 'e2', 'delivered', { at: '2026-06-01T02:30:00Z', localDate: '2026-05-31' });
emailed(deal('18'), 'e2', 'bounced');
emailed(deal('18'), 'e5', 'delivered');
// 19 and 20: invited on the first evening of October in UTC; 19 by a release that knew no date of the store.
const invited = { at: '2026-10-01T01:30:00Z', message: 'first-service-invitation' };
emailed(visit('19'), 'e1', 'delivered', invited);
emailed(visit('20'), 'e1', 'delivered', { ...invited, localDate: '2026-09-30' });

// Households of a third store, drawn for the holdout on 2026-03-02, and their ninety days.
const drawn = (household: string, arm: 'withheld' | 'rule', on = '2026-03-02', of = household) =>
  west.tell(
    { household, order: `order of ${of}`, kind: 'repair-options' },
    { what: 'in holdout', at: `${on}T16:00:00Z`, arm },
  );
const bought = (household: string, on: string, says: Parameters<typeof west.sold>[2] = {}) => {
  const { at = `${on}T20:00:00Z` } = says;
  west.sold(`car of ${household}`, on, says);
  return west.tell({ household, deal: `deal of car of ${household}` }, { what: 'household bought', at });
};
// 41: on the ninetieth day. 42: a day later. 43: unwound. 44: a lease, and two orders of one household.
drawn('41', 'withheld');
bought('41', '2026-05-31');
drawn('42', 'withheld');
bought('42', '2026-06-01');
drawn('43', 'rule');
bought('43', '2026-04-01');
west.tell({ deal: 'deal of car of 43' }, { what: 'unwound', at: '2026-04-03T16:00:00Z' });
drawn('44', 'rule');
drawn('44', 'rule', '2026-03-02', 'its second car');
bought('44', '2026-03-02', { dealType: 'lease' });
// 45: its ninety days are over on the next day. 46: they were over yesterday; it bought nothing.
drawn('45', 'withheld', '2026-10-02');
bought('45', '2026-10-20');
drawn('46', 'rule', '2026-10-01');
// 47: the deal was corrected to somebody whom the holdout does not know. 48: to another dealer.
drawn('47', 'rule');
bought('47', '2026-05-02');
west.sold('car of 47', '2026-05-02', { at: '2026-05-04T20:00:00Z' });
drawn('48', 'withheld');
bought('48', '2026-05-02', { dealType: 'wholesale' });

export const facts = [...north.facts, ...south.facts, ...west.facts];

import { describe, expect, test } from 'vitest';
import { findManager, type RoutingQuestion, route } from '../../../functions/people/routing.ts';
import type { Role, StaffMember } from '../../../functions/people/staff.ts';

const on = '2026-11-20';

const person = (employeeNumber: string, role: Role, more: Partial<StaffMember> = {}): StaffMember => ({
  storeId: 'north',
  employeeNumber,
  name: `Person ${employeeNumber}`,
  email: `p${employeeNumber}@north.example`,
  role,
  startsOn: '2020-01-01',
  daysOff: [],
  ...more,
});

const advisor = person('1', 'service advisor');
const seller = person('2', 'salesperson');
const serviceManager = person('3', 'service manager');
const salesManager = person('4', 'sales manager');
const usedCarManager = person('5', 'used-car manager');
const generalManager = person('6', 'general manager');
const agent = person('7', 'BDC agent');
const everybody = [advisor, seller, serviceManager, salesManager, usedCarManager, generalManager, agent];

const without = (...roles: readonly Role[]) => everybody.filter(({ role }) => !roles.includes(role));
const managerIn = (department: 'sales' | 'service', roster: readonly StaffMember[]) =>
  findManager({ department, roster, on })?.role;

describe('whom an overdue handoff escalates to', () => {
  test.each([
    ['service', [], 'service manager'],
    ['service', ['service manager'], 'general manager'],
    ['service', ['service manager', 'general manager'], 'sales manager'],
    ['sales', [], 'sales manager'],
    ['sales', ['sales manager'], 'used-car manager'],
    ['sales', ['sales manager', 'used-car manager'], 'general manager'],
    ['sales', ['sales manager', 'used-car manager', 'general manager'], 'service manager'],
  ] as const)('in %s, without %j, is the %s', (department, missing, found) => {
    expect(managerIn(department, without(...missing))).toBe(found);
  });

  test('is never a BDC agent', () => {
    expect(managerIn('service', [agent, advisor, seller])).toBeUndefined();
  });
});

test('neither a BDC agent nor a manager takes a handoff while somebody in the role is at work', () => {
  const asked = { on, roster: everybody, customer: 'north/C-1' };
  expect(route({ ...asked, department: 'service' })).toEqual({ employeeNumber: '1', reason: 'fair choice' });
  expect(route({ ...asked, department: 'sales' })).toEqual({ employeeNumber: '2', reason: 'fair choice' });
});

test('a customer goes to their own advisor by the number of another system, too', () => {
  const known = person('1042', 'service advisor', { otherNumbers: ['01042', 'MTORRES'] });
  const asked = { department: 'service', on, roster: [advisor, known], customer: 'north/C-1' } as const;
  for (const ownNumber of ['1042', '01042', 'MTORRES']) {
    expect(route({ ...asked, ownNumber })).toEqual({ employeeNumber: '1042', reason: 'own' });
  }
});

test("an advisor's partner is found by another number, too", () => {
  const partner = person('9', 'salesperson', { otherNumbers: ['0009'] });
  const withPartner = person('8', 'service advisor', { partnerNumber: '0009' });
  const roster = [seller, partner, withPartner];
  expect(route({ department: 'sales', on, roster, partnerOf: '8', customer: 'north/C-1' })).toEqual({
    employeeNumber: '9',
    reason: 'partner',
  });
});

describe('a salesperson’s partner in Service', () => {
  const jordan = person('1077', 'salesperson');
  const maya = person('1042', 'service advisor', { partnerNumber: '1077' });
  const others = ['1', '2', '3', '4'].map((number) => person(number, 'service advisor'));
  const asked = { department: 'service', on, partnerOf: '1077', customer: 'north/C-1' } as const;

  test('is introduced to that salesperson’s customers, before anybody else', () => {
    expect(route({ ...asked, roster: [...others, maya, jordan] })).toEqual({
      employeeNumber: '1042',
      reason: 'partner',
    });
  });

  test('may stand in the row of the salesperson instead', () => {
    const paired = { ...jordan, partnerNumber: '3' };
    expect(route({ ...asked, roster: [...others, paired] })).toEqual({
      employeeNumber: '3',
      reason: 'partner',
    });
  });

  test.each([
    ['is off that day', { ...maya, daysOff: [on] }],
    ['has no working mailbox', { ...maya, emailBouncedAt: `${on}T10:00:00Z` }],
    ['is no advisor any more', { ...maya, role: 'service manager' as const }],
  ])('is passed over where they %s', (_why, away) => {
    expect(route({ ...asked, roster: [...others, away, jordan] }).reason).toBe('fair choice');
  });

  test('comes after the customer’s own advisor, and not at all where they declined it', () => {
    const roster = [...others, maya, jordan];
    expect(route({ ...asked, roster, ownNumber: '2' })).toEqual({ employeeNumber: '2', reason: 'own' });
    expect(route({ ...asked, roster, not: ['1042'] }).reason).toBe('fair choice');
  });
});

test('the general manager takes a handoff of a store that has nobody else', () => {
  const asked = { on, roster: [generalManager, agent], customer: 'north/C-1' };
  expect(route({ ...asked, department: 'service' })).toEqual({ employeeNumber: '6', reason: 'manager' });
});

describe('a customer who prefers Spanish', () => {
  const asked = { department: 'service', on, customer: 'north/C-1', language: 'es' } as const;
  const others = ['11', '12', '13', '14'].map((number) => person(number, 'service advisor'));
  const alma = person('20', 'service advisor', { languages: ['es'], startsOn: '2026-10-01' });
  const off = { ...alma, daysOff: [on] };
  const routed = (roster: readonly StaffMember[], more: Partial<RoutingQuestion> = {}) =>
    route({ ...asked, establishedBy: '2026-05-01', roster, ...more });

  test('goes to somebody at work who speaks it, before those who have been here longer', () => {
    expect(routed([...others, alma])).toEqual({ employeeNumber: '20', reason: 'fair choice' });
  });

  test('goes to anybody where nobody at work speaks it', () => {
    const { employeeNumber, reason } = routed([...others, off]);
    expect([employeeNumber, reason]).toEqual([expect.stringMatching(/^1[1-4]$/), 'fair choice']);
    expect(routed([...others, alma], { not: ['20'] }).employeeNumber).toMatch(/^1[1-4]$/);
  });

  test('stays with the advisor they know', () => {
    expect(routed([...others, alma], { ownNumber: '12' })).toEqual({ employeeNumber: '12', reason: 'own' });
  });

  test("goes to the advisor's partner who speaks it, and past one who does not", () => {
    const sam = person('21', 'service advisor', { partnerNumber: '31' });
    const seller31 = person('31', 'salesperson');
    const seller32 = person('32', 'salesperson', { languages: ['pl', 'es'] });
    const sales = { department: 'sales', partnerOf: '21' } as const;
    expect(routed([sam, seller31, seller32], sales).employeeNumber).toBe('32');
    expect(routed([{ ...sam, partnerNumber: '32' }, seller31, seller32], sales)).toEqual({
      employeeNumber: '32',
      reason: 'partner',
    });
    expect(routed([sam, seller31], sales)).toEqual({ employeeNumber: '31', reason: 'partner' });
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leadStatuses } from '../../../functions/contracts/crm-lead-updated.ts';
import { isAbout } from '../../../functions/crm/match-lead.ts';
import { reconcile } from '../../../functions/crm/reconciliation.ts';

const leads = fc.array(
  fc.record({
    left: fc.constantFrom('sent' as const, 'on its way' as const, 'lost' as const),
    answer: fc.option(fc.constantFrom(...leadStatuses), { nil: undefined }),
  }),
);

it('the reconciliation of leads adds up, whatever mailboxes refuse and CRMs answer', () => {
  fc.assert(
    fc.property(leads, (all) => {
      const { made, sent, onItsWay, lost, acknowledged, sold, silent } = reconcile(all, []);
      expect(sent + onItsWay + lost).toBe(made);
      expect(acknowledged + silent).toBe(sent);
      expect(sold).toBeLessThanOrEqual(acknowledged);
      expect(acknowledged).toBe(all.filter(({ answer }) => answer !== undefined).length);
    }),
  );
});

const robert = {
  customer: { email: 'Robert.Okafor@example.com', phone: '303-555-0134' },
  vehicle: { vin: '5J6RM4H77FL041229' },
};
const vin = robert.vehicle.vin;
it.each([
  ['the address in other letters', { vin, email: 'robert.okafor@EXAMPLE.com' }, true],
  ['the number as somebody else writes it', { vin, phone: '+1 (303) 555-0134' }, true],
  ['the car alone', { vin }, false],
  ['the address alone', { email: 'robert.okafor@example.com' }, false],
  ['another car of theirs', { vin: '1HGCM82633A004352', email: 'robert.okafor@example.com' }, false],
  ['another number and no address', { vin, phone: '303-555-0199' }, false],
])('a lead is found by exact contact and car together: %s', (_case, answer, isFound) => {
  expect(isAbout(answer, robert)).toBe(isFound);
});

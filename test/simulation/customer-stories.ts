import type { Chance } from './chance.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Whose {
  readonly storeId: string;
  readonly customer: Told['detail'] & { readonly customerNumber: string };
}

/** What a DMS tells of a customer beside their handoffs, around a time: noes, merged numbers, contacts, complaints. */
export function customerFacts(chance: Chance, whose: Whose, around: number): Told[] {
  const { storeId, customer } = whose;
  const fact = (at: number, detailType: string, detail: object): Told => ({
    at,
    source: 'dms.simulated',
    detailType,
    detail: { version: 1, storeId, occurredAt: instantOf(at), ...detail },
  });
  const when = () => around + chance.skewed(-2 * HOUR, 4 * HOUR);
  const mayContact = () =>
    chance.pick<object>([{ email: false }, { email: false, phone: false }, { text: false, mail: false }]);
  const no = (customerNumber: string): Told =>
    fact(when(), 'customer-preferences-changed', { customerNumber, mayContact: mayContact() });
  /** Before the customer's own story, mostly: what Sales is to be silent about. */
  const before = () => around + chance.skewed(-3 * HOUR, 10 * MINUTE);
  const complaintNumber = `K-${customer.customerNumber}`;
  const stories = chance.pick<() => Told[]>([
    () => [no(customer.customerNumber)],
    () => [fact(when(), 'customer-contacted', { customer: { ...customer, mayContact: mayContact() } })],
    () => [fact(before(), 'customer-contacted', { customer, channel: 'phone' })],
    () => [fact(before(), 'complaint-opened', { customer, complaintNumber })],
    () => [
      fact(when(), 'complaint-opened', { customer, complaintNumber }),
      fact(when(), 'complaint-closed', { customer, complaintNumber }),
    ],
    () => {
      // The former number said no: before the merge is told, after it, or both.
      const former = `F-${customer.customerNumber}`;
      const merged = fact(when(), 'customer-changed', { customer, replaces: [former] });
      return [no(former), merged, ...(chance.happens(0.5) ? [no(former)] : [])];
    },
  ]);
  return stories().flatMap((told) =>
    chance.happens(0.2) ? [told, { ...told, at: told.at + chance.skewed(SECOND, 3 * HOUR) }] : [told],
  );
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();

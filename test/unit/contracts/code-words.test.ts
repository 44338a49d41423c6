import { describe, expect, test } from 'vitest';
import { parseDetail } from '../../../functions/contracts/contract.ts';
import { customerContacted } from '../../../functions/contracts/customer-contacted.ts';
import { repairQuoted } from '../../../functions/contracts/repair-quoted.ts';
import { serviceAppointmentCancelled } from '../../../functions/contracts/service-appointment-cancelled.ts';
import { vehicleSold } from '../../../functions/contracts/vehicle-sold.ts';
import contacted from '../../../samples/customer-contacted.json' with { type: 'json' };
import quote from '../../../samples/repair-quoted.json' with { type: 'json' };
import cancelled from '../../../samples/service-appointment-cancelled.json' with { type: 'json' };
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };

const dealType = (word: string) => {
  const read = parseDetail(vehicleSold, { ...sold.detail, dealType: word });
  return read.ok ? read.fact.dealType : 'refused';
};

describe('the words that dealer systems have for the type of a deal', () => {
  test.each([
    ['Cash', 'retail'],
    ['RETAIL FINANCE', 'retail'],
    ['Finance', 'retail'],
    ['Balloon', 'retail'],
    ['House', 'retail'],
    ['Purchase', 'retail'],
    ['R', 'retail'],
    ['Lease Buyout', 'retail'],
    ['Lease', 'lease'],
    ['Retail Lease', 'lease'],
    ['One Pay', 'lease'],
    ['One-Pay Lease', 'lease'],
    ['Wholesale', 'wholesale'],
    ['Dealer Trade', 'wholesale'],
    ['W', 'wholesale'],
    ['Fleet', 'fleet'],
    ['Fleet Lease', 'fleet'],
    ['Demonstrator', 'demo'],
  ])('%s is a %s deal', (word, code) => expect(dealType(word)).toBe(code));

  test.each(['Barter', 'Retail / Wholesale', 'Non-Retail', 'Not Wholesale', 'F', 'Wholesale Cash', 'Trade'])(
    '%s is not guessed: the sale is refused with the words that are known',
    (word) => expect(dealType(word)).toBe('refused'),
  );
});

describe('the words for other codes', () => {
  const quoted = (change: object) => parseDetail(repairQuoted, { ...quote.detail, ...change });
  const line = (change: object) => {
    const lines = [{ description: 'Struts', amountCents: 100_000, ...change }];
    const read = quoted({ quote: { totalCents: 100_000, lines } });
    return read.ok ? read.fact.quote.lines[0] : undefined;
  };

  test.each([
    ['payType', 'CP', 'customer'],
    ['payType', 'Customer Pay', 'customer'],
    ['payType', 'W', 'warranty'],
    ['payType', 'Service Contract', 'warranty'],
    ['payType', 'Internal', 'internal'],
    ['payType', 'Goodwill', 'internal'],
    ['state', 'NotAuthorized', 'declined'],
    ['state', 'Authorized', 'approved'],
    ['state', 'Deferred', 'declined'],
    ['state', 'Pending', 'quoted'],
    ['answer', 'Customer declined', 'declined'],
  ])('of a line: %s %s is %s', (field, word, code) =>
    expect(line({ [field]: word })).toMatchObject({ [field]: code }),
  );

  test.each([
    ['Waiter', 'waiting'],
    ['Drop Off', 'dropped-off'],
    ['Night Drop', 'dropped-off'],
    ['Rental', 'in a loaner'],
  ])('of the customer’s whereabouts: %s is %s', (word, code) => {
    const read = quoted({ customerIs: word });
    expect(read.ok && read.fact.customerIs).toBe(code);
  });

  test('of a customer who did not come', () => {
    const read = parseDetail(serviceAppointmentCancelled, { ...cancelled.detail, reason: 'Missed' });
    expect(read.ok && read.fact.reason).toBe('no-show');
  });

  test('an unknown word in a field that the handoff can do without is left out with a warning', () => {
    const read = quoted({ customerIs: 'teleported' });
    expect(read.ok && read.fact.customerIs).toBeUndefined();
    expect(read.warnings).toMatchObject([{ path: 'customerIs', code: 'left-out' }]);
    const contact = parseDetail(customerContacted, { ...contacted.detail, channel: 'Facebook' });
    expect(contact).toMatchObject({ ok: true, warnings: [{ path: 'channel', code: 'left-out' }] });
  });
});

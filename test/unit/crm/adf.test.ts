import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../functions/contracts/fields.ts';
import { adfOf } from '../../../functions/crm/adf.ts';
import { type Lead, leadIdOf, taskIdOfLead } from '../../../functions/crm/lead.ts';
import { reasonNotToSendLead } from '../../../functions/crm/lead-consent.ts';
import { crmSettings } from '../../../functions/group/crm-settings.ts';
import { elementsAt, readXml, textsAt } from '../../support/adf.ts';

const store = { id: 'lakeshore-honda', name: 'Lakeshore Honda', timeZone: 'America/Denver' };
const settingsOf = (change: object = {}) =>
  crmSettings.parse({ leadAddress: 'leads@crm.example', provider: 'Lakeshore Dealer Handoff', ...change });

const robert: Customer = {
  customerNumber: '20417',
  firstName: 'Robert',
  lastName: 'Okafor',
  email: 'robert.okafor@example.com',
  phone: '303-555-0134',
};
const lead = (change: Partial<Lead> = {}): Lead => ({
  id: leadIdOf('852429c15f7a852429c15f7a852429c1'),
  requestedAt: '2026-11-20T17:41:00.000Z',
  customer: robert,
  vehicle: {
    vin: '5J6RM4H77FL041229',
    year: 2015,
    make: 'Honda',
    model: 'CR-V EX-L',
    odometerMiles: 131_420,
  },
  salesperson: 'Dana Whitehorse',
  aboutCar: 'In Service on repair order 77120. The service advisor is Sam Delgado.',
  aboutCustomer: 'The customer told Sam Delgado that they are open to looking.',
  ...change,
});
const written = (change: Partial<Lead> = {}, settings: object = {}) =>
  adfOf(lead(change), settingsOf(settings), store);
const read = (change: Partial<Lead> = {}, settings: object = {}) => readXml(written(change, settings));
const PROSPECT = 'adf/prospect';
const CONTACT = `${PROSPECT}/customer/contact`;

/** What each CRM wants to be different. */
const habits = {
  'as most CRMs read it': {},
  'without a prolog, by the code that the maker gave the dealer': {
    prolog: false,
    idSource: 'Honda Dealer Code',
    dealerCode: { source: 'Honda Dealer Code', code: '208123' },
  },
  'under a lead source of its own': { provider: 'Service Drive', service: 'Lane' },
};

describe('a lead as ADF', () => {
  for (const [habit, settings] of Object.entries(habits)) {
    it(`is the file that a CRM takes: ${habit}`, async () => {
      await expect(written({}, settings)).toMatchFileSnapshot(`golden/${habit.replaceAll(/\W+/g, '-')}.xml`);
    });
  }

  it('of a car without a year or a model keeps their empty elements, which some CRMs insist on', async () => {
    await expect(
      written({ vehicle: { vin: '5J6RM4H77FL041229' }, salesperson: undefined }),
    ).toMatchFileSnapshot('golden/car-without-details.xml');
  });

  it('of a company names the company', () => {
    const customer = { customerNumber: '1', companyName: 'Rocky & Sons <Roofing>', phone: '303-555-0188' };
    expect(elementsAt(read({ customer }), `${CONTACT}/name`)).toMatchObject([
      { text: 'Rocky & Sons <Roofing>', attributes: { part: 'full', type: 'business' } },
    ]);
  });

  it('passes on no number and no address that the customer closed', () => {
    const noCalls = { ...robert, mayContact: { phone: false } };
    expect(textsAt(read({ customer: noCalls }), `${CONTACT}/phone`)).toEqual([]);
    expect(elementsAt(read({ customer: noCalls }), `${CONTACT}/email`)).toMatchObject([
      { text: robert.email, attributes: { preferredcontact: '1' } },
    ]);
    const noEmail = { ...robert, mayContact: { email: false } };
    expect(textsAt(read({ customer: noEmail }), `${CONTACT}/email`)).toEqual([]);
    expect(textsAt(read({ customer: noEmail }), `${CONTACT}/phone`)).toEqual([robert.phone]);
  });

  it('is read back to the same facts, whatever a name holds', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        ']]>',
        '</adf>',
        '<!ENTITY x "y">',
        '&amp;',
        '"\'&<>',
        '<![CDATA[',
        '\u0000',
        '\uD800',
        '😀',
        'true',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, model, comment) => {
        const root = read({
          customer: { ...robert, lastName: name },
          vehicle: { vin: '5J6RM4H77FL041229', model },
          aboutCustomer: comment,
        });
        expect(textsAt(root, `${CONTACT}/name`)).toEqual(['Robert', asRead(name)]);
        expect(textsAt(root, `${PROSPECT}/vehicle/model`)).toEqual([asRead(model)]);
        expect(textsAt(root, `${PROSPECT}/customer/comments`)).toEqual([asRead(comment)]);
        expect(textsAt(root, `${PROSPECT}/id`)).toEqual([lead().id]);
        expect(elementsAt(root, CONTACT)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});

/** Control characters and halves of pairs are not in XML 1.0 at all, and a parser reads any end of line as one. */
const asRead = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll(/\r\n?/g, '\n')
    .trim();

describe('the id of a lead', () => {
  it('leads back to its handoff, as a CRM writes it', () => {
    const taskId = '852429c15f7a852429c15f7a852429c1';
    expect(taskIdOfLead(` ${leadIdOf(taskId).toUpperCase()} `)).toBe(taskId);
    expect(taskIdOfLead('L-20417')).toBeUndefined();
  });
});

describe('a lead stays', () => {
  const live = { mode: 'live', crm: settingsOf() } as const;
  const no = { email: false, phone: false, text: false, mail: false };
  it.each([
    ['where the store has no CRM', { mode: 'live' } as const, robert, 'nobody-to-write-to'],
    [
      'where the store writes to no customers yet',
      { ...live, mode: 'staff-only' } as const,
      robert,
      'store-mode',
    ],
    ['of a customer who said no to everything', live, { ...robert, mayContact: no }, 'opted-out'],
    [
      'of a customer who can only be called and said no to that',
      live,
      { phone: '1', mayContact: { phone: false } },
      'opted-out',
    ],
    ['of a customer with no number and no address', live, {}, 'no-address'],
  ] as const)('%s', (_case, at, customer, code) => {
    expect(reasonNotToSendLead(at, customer)).toMatchObject({ code });
  });
  it('not of a customer who may be reached', () => {
    expect(reasonNotToSendLead(live, robert)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { factWords, gapWords, lineTexts } from '../../../functions/mail/repair-sheet-words.ts';
import { customersCopy, repairSheet, type Sheet } from '../../../functions/readiness/sheet.ts';
import type { SheetFact, SheetFacts, SheetRow } from '../../../functions/readiness/sheet-cell.ts';
import { type Given, questionOf, recently, today } from './readiness-questions.ts';

const english = { language: 'en', unit: 'miles', phrases: {} } as const;
const sheetOf = (given: Given = {}) => repairSheet(questionOf(given));

const rowOf = ({ rows }: Sheet, about: SheetRow['about']) => {
  const row = rows.find((one) => one.about === about);
  const said = (cells: SheetRow['repair'] = []) =>
    cells.map(({ fact }) => factWords(fact, english).join(': '));
  return { repair: said(row?.repair), replace: said(row?.replace) };
};
const gapsOf = ({ toFindOut }: Sheet) =>
  toFindOut.map((gap) => {
    const [what, who] = gapWords[gap];
    return `${what} (${who})`;
  });

const lines = [
  {
    description: 'Front struts',
    amountCents: 200_000,
    state: 'quoted' as const,
    buys: 'good for another 40,000 miles',
  },
  {
    description: 'Timing belt',
    amountCents: 30_000,
    state: 'approved' as const,
    buys: 'no belt for 90,000 miles',
  },
  {
    description: 'Cabin filter',
    amountCents: 10_050,
    state: 'declined' as const,
    buys: 'clean air',
  },
];
const terms = { termMonths: 72, moneyDownCents: 200_000 };
const replacement = { monthlyPaymentCents: 38_900, asOf: recently };

describe('the work on the sheet', () => {
  it('is quoted, approved, declined, and left to decide: and only what is left to decide buys something', () => {
    expect(sheetOf({ quote: { quote: { totalCents: 240_050, lines } } }).work).toEqual({
      quotedCents: 240_050,
      leftToDecide: {
        cents: 200_000,
        lines: { first: [{ description: 'Front struts', amountCents: 200_000 }], more: 0 },
      },
      approved: {
        cents: 30_000,
        lines: { first: [{ description: 'Timing belt', amountCents: 30_000 }], more: 0 },
      },
      declined: {
        cents: 10_050,
        lines: { first: [{ description: 'Cabin filter', amountCents: 10_050 }], more: 0 },
      },
      buys: { first: ['good for another 40,000 miles'], more: 0 },
      isPaidByOthers: false,
    });
  });

  it('is as much as one page has room for, and what several lines buy once', () => {
    const line = (at: number) => ({
      description: `${at}: ${'x'.repeat(200)}`,
      amountCents: 10_000,
      buys: 'Good for another 60,000 miles',
    });
    const quote = { totalCents: 200_000, lines: Array.from({ length: 20 }, (_, at) => line(at)) };
    const { work } = sheetOf({ quote: { quote } });
    const { first, more } = work.leftToDecide.lines;
    expect([first.length, more]).toEqual([6, 14]);
    expect(lineTexts({ first, more }, english).join().length).toBeLessThan(600);
    expect(work.buys).toEqual({ first: ['Good for another 60,000 miles'], more: 0 });
  });
});

describe('the two sides of the sheet', () => {
  const whole = sheetOf({
    quote: {
      quote: { totalCents: 240_050, lines },
      value: { cents: 450_000, source: 'Black Book', asOf: recently },
      equity: { lowCents: 150_000, highCents: 300_000, asOf: recently },
      warranty: { factoryEndsOn: '2027-03-01', factoryEndsMiles: 100_000, asOf: '2026-11-10' },
      lease: { maturesOn: '2027-04-20', asOf: recently },
      loan: { endsOn: '2028-02-01', asOf: recently },
      replacement: { ...replacement, ...terms },
    },
    history: {
      carSince: '2025-01-15',
      declined: [
        { description: 'Rear brakes', amountCents: 38_900, on: '2026-06-01' },
        { description: 'CABIN FILTER.', amountCents: 9_900, on: '2026-06-01' },
      ],
    },
  });

  it('say what it costs now', () => {
    expect(rowOf(whole, 'cost now')).toEqual({
      repair: ['The repair, without what was declined: $2,300, $300 of it approved'],
      replace: ['Money down: estimate, with approved credit: $2,000'],
    });
  });

  it('say what it costs over the next twelve months, and count work that was declined again once', () => {
    expect(rowOf(whole, 'next 12 months')).toEqual({
      repair: [
        'Service, if as in the last 12 months: $1,300, without this repair',
        'Declined today, still to do: $100.50',
        'Declined before: Rear brakes ($389)',
      ],
      replace: [
        'Monthly payment: estimate, with approved credit: $389 for 72 months with $2,000 down; 12 payments: $4,668',
      ],
    });
  });

  it('say what the car is worth, and who says so', () => {
    expect(rowOf(whole, 'worth')).toEqual({
      repair: ['Trade-in value (est.): $4,500, by Black Book'],
      replace: ['Equity toward another car: $1,500 to $3,000'],
    });
  });

  it('say what ends when', () => {
    expect(rowOf(whole, 'endings')).toEqual({
      repair: [
        'Factory warranty: until March 1, 2027 or 100,000 miles',
        'Lease: ends April 20, 2027',
        'Loan: ends February 1, 2028',
      ],
      replace: ['Payments: end after 72 months'],
    });
  });

  it('are each as old as their fact', () => {
    const dates = whole.rows.flatMap(({ repair, replace }) => [...repair, ...replace]);
    expect([...new Set(dates.map(({ asOf }) => asOf))].sort()).toEqual(['2026-11-10', recently, today]);
  });

  it('ask the same questions whatever the advice would be', () => {
    const asked = (totalCents: number) => {
      const { rows, toFindOut } = sheetOf({ quote: { quote: { totalCents } } });
      return [rows.map(({ about }) => about), toFindOut];
    };
    expect(asked(20_000)).toEqual(asked(900_000));
  });

  it.each([
    ['by date', { factoryEndsOn: '2024-03-01', factoryEndsMiles: 100_000 }, 'ended March 1, 2024'],
    ['by its miles', { factoryEndsOn: '2027-03-01', factoryEndsMiles: 60_000 }, 'ended at 60,000 miles'],
  ])('a warranty that is over %s has ended', (_how, warranty, says) => {
    const sheet = sheetOf({ quote: { warranty: { ...warranty, asOf: recently } } });
    expect(rowOf(sheet, 'endings').repair).toEqual([`Factory warranty: ${says}`]);
  });

  it('expect no year of service from a car that has been known for half a year', () => {
    const sheet = sheetOf({ history: { carSince: '2026-05-20' } });
    expect(rowOf(sheet, 'next 12 months').repair).toEqual([]);
  });
});

describe('what is still to find out', () => {
  it('is one list with who can, and no row of the sheet repeats it', () => {
    const sheet = sheetOf({ quote: { value: undefined }, history: 'none' });
    expect(sheet.rows.map(({ about }) => about)).toEqual(['cost now']);
    expect(gapsOf(sheet)).toEqual([
      'what the repair is made of (the shop)',
      'a monthly payment with its term and money down (Sales)',
      'tax, fees, insurance and service of another car (Sales)',
      'service of the last 12 months (the service records)',
      'the trade-in value (the used-car desk)',
      'what is still owed on this car (the customer)',
      'when its warranties end (the warranty administrator)',
    ]);
  });

  it('is also what is too old', () => {
    const sheet = sheetOf({ quote: { value: { cents: 450_000, asOf: '2026-09-01' } } });
    expect(rowOf(sheet, 'worth').repair).toEqual([]);
    expect(gapsOf(sheet)).toContain('the trade-in value (the used-car desk)');
  });

  it('is also the number of an appraisal from the day after its last', () => {
    const until = (goodThrough: string) =>
      rowOf(sheetOf({ quote: { value: { cents: 450_000, goodThrough, asOf: recently } } }), 'worth').repair;
    expect(until(today)).toEqual([
      expect.stringContaining('$4,500, by the used-car desk, good through November'),
    ]);
    expect(until(recently)).toEqual([]);
  });

  it('is what a lease, a loan or a payment leaves open, and nothing that does not apply', () => {
    const of = (quote: Given['quote']) => gapsOf(sheetOf({ quote: quote ?? {} }));
    const lease = 'when the lease ends (the customer)';
    const loan = 'when the loan ends (the customer)';
    const missing = 'the term and money down of that payment (Sales)';
    expect(of({ ownership: { status: 'leased', asOf: recently } })).toContain(lease);
    expect(of({ equity: { lowCents: 100_000, highCents: 200_000, asOf: recently } })).toContain(loan);
    expect(of({ replacement })).toContain(missing);
    const none = of({
      ownership: { status: 'owned', asOf: recently },
      equity: { lowCents: 400_000, highCents: 450_000, asOf: recently },
      replacement: { ...replacement, ...terms },
    });
    for (const gap of [lease, loan, missing]) expect(none).not.toContain(gap);
  });
});

describe("the customer's copy", () => {
  const copyOf = (given: Given, tradeValue = false) => customersCopy(sheetOf(given), { tradeValue });
  const equity = { lowCents: 150_000, highCents: 300_000, asOf: recently };

  it('has no trade-in value, and no equity that tells it, unless the store allows it', () => {
    const nothing = { repair: [], replace: [] };
    expect(rowOf(copyOf({ quote: { equity } }), 'worth')).toEqual(nothing);
    expect(rowOf(copyOf({ quote: { equity } }, true), 'worth').repair).toEqual([
      'Trade-in value (est.): $4,500',
    ]);
  });

  it.each([
    ['without its term', { moneyDownCents: 200_000 }],
    ['without the money down', { termMonths: 72 }],
  ])('has no payment %s', (_what, given) => {
    const copy = copyOf({ quote: { replacement: { ...replacement, ...given } } }, true);
    expect(rowOf(copy, 'next 12 months').replace).toEqual([]);
    expect(rowOf(copy, 'cost now').replace).toEqual([]);
  });

  it('has a payment with its terms, as an estimate, with approved credit', () => {
    const copy = copyOf({ quote: { replacement: { ...replacement, ...terms } } });
    expect(rowOf(copy, 'next 12 months').replace).toEqual([
      'Monthly payment: estimate, with approved credit: $389 for 72 months with $2,000 down; 12 payments: $4,668',
    ]);
  });
});

/** Every fact that a cell can say, with everything that it may leave out and without it. */
const everyFact: { readonly [Name in keyof SheetFacts]: readonly SheetFact<Name>[] } = {
  repair: [
    { is: 'repair', leftCents: 230_000, approvedCents: 30_000, isPart: true },
    { is: 'repair', leftCents: 230_000, approvedCents: 0, isPart: false },
  ],
  'paid by others': [{ is: 'paid by others' }],
  'money down': [{ is: 'money down', cents: 200_000 }],
  'service as before': [{ is: 'service as before', cents: 130_000 }],
  'declined today': [{ is: 'declined today', cents: 10_050 }],
  'declined before': [
    {
      is: 'declined before',
      lines: { first: [{ description: 'RB', amountCents: 38_900 }, { description: 'Wipers' }], more: 2 },
    },
  ],
  payment: [
    { is: 'payment', cents: 38_900, ...terms, inYear: 12 },
    { is: 'payment', cents: 38_900, termMonths: undefined, moneyDownCents: undefined, inYear: 12 },
  ],
  'payments end': [{ is: 'payments end', termMonths: 72 }],
  'trade-in value': [
    ...[undefined, '2026-11-27'].flatMap((goodThrough) =>
      [undefined, 'Black Book'].map((source) => ({
        ...{ is: 'trade-in value' as const, cents: 450_000, source, goodThrough },
        isEstimate: source !== undefined,
      })),
    ),
  ],
  equity: [{ is: 'equity', lowCents: 150_000, highCents: 300_000 }],
  wanted: [{ is: 'wanted', until: '2026-12-31' }],
  warranty: [
    { is: 'warranty', cover: 'factory', ends: { isOver: true, at: { by: 'date', on: '2024-03-01' } } },
    { is: 'warranty', cover: 'extended', ends: { isOver: true, at: { by: 'miles', miles: 60_000 } } },
    {
      ...{ is: 'warranty', cover: 'factory' },
      ends: {
        isOver: false,
        at: [
          { by: 'date', on: '2027-03-01' },
          { by: 'miles', miles: 100_000 },
        ],
      },
    },
  ],
  lease: [
    { is: 'lease', maturesOn: '2027-04-20', allowedMiles: 36_000 },
    { is: 'lease', maturesOn: '2027-04-20', allowedMiles: undefined },
  ],
  loan: [{ is: 'loan', endsOn: '2028-02-01' }],
};

describe('the sheet in the language of a customer', () => {
  const spanish = {
    ...english,
    language: 'es',
    phrases: { RB: { en: 'Rear brakes', es: 'Frenos' } },
  } as const;
  const said = Object.values(everyFact)
    .flat()
    .map((fact) => factWords(fact, spanish).join(': '));

  it('says each fact in Spanish, and what the group has translated in its words', () => {
    expect(said).toMatchInlineSnapshot(`
      [
        "La reparación, sin lo que no se autorizó: $2,300, de los cuales $300 ya autorizados",
        "La reparación: $2,300",
        "La reparación: Nada: la paga la garantía, un llamado a revisión (recall) o el taller",
        "Pago inicial: estimado, con crédito aprobado: $2,000",
        "Servicio, si es como en los últimos 12 meses: $1,300, sin esta reparación",
        "No autorizado hoy, queda por hacer: $100.50",
        "No autorizado antes: Frenos ($389); Wipers; y 2 más",
        "Pago mensual: estimado, con crédito aprobado: $389 durante 72 meses con $2,000 de pago inicial; 12 pagos: $4,668",
        "Pago mensual: estimado, con crédito aprobado: $389; 12 pagos: $4,668",
        "Pagos: terminan a los 72 meses",
        "Valor de intercambio (trade-in), estimado: $4,500",
        "Valor de intercambio (trade-in), estimado: alrededor de $4,500, según Black Book",
        "Valor de intercambio (trade-in), estimado: $4,500, según el departamento de autos usados, válido hasta el 27 de noviembre de 2026",
        "Valor de intercambio (trade-in), estimado: alrededor de $4,500, según Black Book, válido hasta el 27 de noviembre de 2026",
        "A su favor para otro vehículo: de $1,500 a $3,000",
        "El concesionario busca: vehículos como este, hasta el 31 de diciembre de 2026",
        "Garantía de fábrica: terminó el 1 de marzo de 2024",
        "Garantía extendida: terminó a las 60,000 millas",
        "Garantía de fábrica: hasta el 1 de marzo de 2027 o las 100,000 millas",
        "Arrendamiento (lease): termina el 20 de abril de 2027; máximo: 36,000 millas",
        "Arrendamiento (lease): termina el 20 de abril de 2027",
        "Préstamo: termina el 1 de febrero de 2028",
      ]
    `);
  });

  it('leaves no fact in English', () => {
    const english = /\b(?:the|of|with|without|by|until|ends?|ended|months|miles|and|about|payments?|car)\b/i;
    expect(said.filter((one) => english.test(one))).toEqual([]);
  });

  it('counts kilometers where the store does', () => {
    const [, byMiles] = everyFact.warranty;
    const text = byMiles && factWords(byMiles, { ...spanish, unit: 'kilometers' }).join(': ');
    expect(text).toBe('Garantía extendida: terminó a los 96,560 km');
  });
});

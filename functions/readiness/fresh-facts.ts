import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { daysBetween, type LocalDate, localDate } from '../group/business-time.ts';
import { ageFault, holdsOn } from '../group/fact-age.ts';
import type { HistorySummary } from '../history/visits.ts';
import type { Question, Resting, Unknown } from './assessment.ts';
import type { Occasion } from './occasion.ts';
import { amountsOf, type QuoteAmounts } from './quote-amounts.ts';

type Aged<Fact> = Fact & Resting;
type Given<Key extends keyof Occasion> = Aged<NonNullable<Occasion[Key]>> | undefined;

/** The facts that may be scored: given, and no older than the policy allows. All others are unknown. */
export interface FreshFacts {
  readonly quote: Aged<QuoteAmounts & Pick<RepairQuoted['quote'], 'worthIt'>> | undefined;
  readonly value: Given<'value'>;
  readonly equity: Given<'equity'>;
  readonly lease: Given<'lease'>;
  readonly loan: Given<'loan'>;
  readonly warranty: Given<'warranty'>;
  readonly replacement: Given<'replacement'>;
  readonly ownership: Given<'ownership'>;
  readonly odometer: Aged<{ readonly miles: number }> | undefined;
  readonly modelYear: Aged<{ readonly year: number }> | undefined;
  readonly history: Aged<HistorySummary> | undefined;
}

export function freshFactsOf(question: Question): FreshFacts {
  const { quote } = question;
  const fresh = <Fact extends { readonly asOf: LocalDate }>(fact: Fact | undefined) =>
    fact && (staleness(question, fact.asOf) ? undefined : { ...fact, ageDays: ageOf(question, fact.asOf) });
  const { year } = quote.vehicle;
  const miles = odometerOf(quote);
  const asOf = quotedOn(question);
  return {
    quote: fresh(quote.quote && { ...amountsOf(quote.quote), worthIt: quote.quote.worthIt, asOf }),
    value: fresh(appraisalOf(question)),
    equity: fresh(quote.equity),
    lease: fresh(quote.lease),
    loan: fresh(quote.loan),
    warranty: fresh(quote.warranty),
    replacement: fresh(paymentOf(quote)),
    ownership: fresh(ownershipOf(question)),
    odometer: fresh(miles === undefined ? undefined : { miles, asOf }),
    modelYear: fresh(year === undefined ? undefined : { year, asOf }),
    history: fresh(question.history),
  };
}

/** The unknown facts and why, for the reader of a decision; never scored. */
export function unknownsOf(question: Question): Unknown[] {
  const { quote, history } = question;
  const leased = quote.ownership?.status === 'leased' || quote.lease !== undefined;
  const asOf = quotedOn(question);
  const reported = quote.circumstances;
  const rows: readonly (readonly [Unknown['name'], LocalDate | undefined])[] = [
    ...only(quote.quote !== undefined, 'quote', asOf),
    ['value', appraisalOf(question)?.asOf],
    ['equity', quote.equity?.asOf],
    ...only(quote.equity !== undefined, 'original price', quote.equity?.originalPriceCents && asOf),
    ...only(leased, 'lease', quote.lease?.asOf),
    ['warranty', quote.warranty?.asOf],
    ['replacement payment', paymentOf(quote)?.asOf],
    ['ownership', ownershipOf(question)?.asOf],
    ['odometer', odometerOf(quote) === undefined ? undefined : asOf],
    ['service history', history?.asOf],
    ...only(history !== undefined, 'miles a year', history?.milesPerYear === undefined ? undefined : asOf),
    ['customer since', since(question) === undefined ? undefined : asOf],
    ['open deals', (reported?.openDealAtStores ?? question.circumstances.openDealAtStores) && asOf],
    [
      'open complaint',
      (reported?.openComplaint ?? question.circumstances.openComplaint) === undefined ? undefined : asOf,
    ],
    ['open comeback', reported?.openComeback === undefined ? undefined : asOf],
    ['last contact', (reported?.lastContactedOn ?? question.circumstances.lastContactedOn) && asOf],
  ];
  return rows.flatMap(([name, date]) => unknownBy(question, name, date));
}

/** The earliest service date known to the DMS or the history. */
export function since({ quote, history }: Question): LocalDate | undefined {
  return [quote.customerSince, history?.customerSince].filter((date) => date !== undefined).sort()[0];
}

/** A conclusion is as old as the oldest of its facts. */
export function oldest(first: Resting, ...others: readonly Resting[]): Resting {
  const { asOf, ageDays } = others.reduce((old, one) => (one.asOf < old.asOf ? one : old), first);
  return { asOf, ageDays };
}

export function quotedOn({ quote, timeZone }: Question): LocalDate {
  return localDate(timeZone, quote.occurredAt);
}

/** A DMS writes a missing appraisal as zero. An expired appraisal counts as missing. */
function appraisalOf({ quote: { value }, today }: Question): Occasion['value'] {
  return value && value.cents > 0 && holdsOn(today, value) ? value : undefined;
}

/** If the quote does not say since when the customer owns the car, the group's own sale does. */
function ownershipOf({ quote: { ownership }, history }: Question): Occasion['ownership'] {
  const boughtOn = history?.carBoughtOn;
  if (boughtOn === undefined || ownership?.boughtOn !== undefined) return ownership;
  return ownership
    ? { ...ownership, boughtOn }
    : { boughtOn, status: history?.isLeased ? 'leased' : 'owned', asOf: history?.asOf ?? boughtOn };
}

function paymentOf(quote: Occasion): Occasion['replacement'] {
  return quote.replacement && quote.replacement.monthlyPaymentCents > 0 ? quote.replacement : undefined;
}

/** An odometer of 0 in the service lane means that it was not read. */
function odometerOf(quote: Occasion): number | undefined {
  return quote.vehicle.odometerMiles === 0 ? undefined : quote.vehicle.odometerMiles;
}

function only(
  applies: boolean,
  name: Unknown['name'],
  known: LocalDate | 0 | undefined,
): [Unknown['name'], LocalDate | undefined][] {
  return applies ? [[name, known === 0 ? undefined : known]] : [];
}

function unknownBy(question: Question, name: Unknown['name'], date: LocalDate | undefined): Unknown[] {
  if (date === undefined) return [{ name, why: 'missing' }];
  const why = staleness(question, date);
  return why ? [{ name, why, asOf: date }] : [];
}

const staleness = ({ today, policy: { factMaxAgeDays } }: Question, asOf: LocalDate) =>
  ageFault(asOf, { today, factMaxAgeDays });

function ageOf(question: Question, asOf: LocalDate): number {
  return Math.max(0, daysBetween(asOf, question.today));
}

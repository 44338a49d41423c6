import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { addMonths, type LocalDate } from '../group/business-time.ts';
import { dollars } from '../group/money.ts';
import { type HistorySummary, workKey } from '../history/visits.ts';
import type { Question, QuotedQuestion } from './assessment.ts';
import { dayText } from './day-text.ts';
import { type FreshFacts, quotedOn } from './fresh-facts.ts';
import { amountsOf, isPaidByOthers } from './quote-amounts.ts';
import {
  type Cell,
  cell,
  cellOf,
  cells,
  hasFacts,
  inBrief,
  lineText,
  list,
  type SheetRow,
} from './sheet-cell.ts';
import { endings } from './what-ends-when.ts';

/** The same four questions, whatever the advice. */
export function sheetRows(question: QuotedQuestion, facts: FreshFacts): readonly SheetRow[] {
  const rows = [
    costsNow(question, facts),
    nextTwelveMonths(question, facts),
    worth(question, facts),
    endings(facts, question),
  ];
  return rows.filter(hasFacts);
}

/** What is known of the car itself, quoted or not. */
export function carCells(question: Question, facts: FreshFacts): readonly Cell[] {
  const { repair, replace } = worth(question, facts);
  return [...repair, ...replace, ...endings(facts, question).repair];
}

function costsNow(question: QuotedQuestion, { replacement }: FreshFacts): SheetRow {
  const { quote } = question.quote;
  const down = replacement?.moneyDownCents;
  return {
    about: 'cost now',
    repair: [cell(costLabel(quote), costText(quote), quotedOn(question))],
    replace: cells(
      replacement && down !== undefined
        ? {
            ...cell('Money down: estimate, with approved credit', dollars(down), replacement.asOf),
            onPaper: paperOf(replacement),
          }
        : undefined,
    ),
  };
}

const costLabel = (quote: RepairQuoted['quote']) =>
  amountsOf(quote).declinedCents === 0 ? 'The repair' : 'The repair, without what was declined';

function costText(quote: RepairQuoted['quote']): string {
  if (isPaidByOthers(quote)) return 'Nothing: warranty, recall or the shop pays';
  const { leftCents, approvedCents } = amountsOf(quote);
  return approvedCents === 0
    ? dollars(leftCents)
    : `${dollars(leftCents)}, ${dollars(approvedCents)} of it approved`;
}

function nextTwelveMonths(question: QuotedQuestion, { history, replacement }: FreshFacts): SheetRow {
  const { quote } = question.quote;
  const { declinedCents } = amountsOf(quote);
  const before = history?.declined.filter((line) => !isQuoted(line, quote)).map(lineText) ?? [];
  return {
    about: 'next 12 months',
    repair: cells(
      history && serviceCell(history, question.today),
      declinedCents === 0
        ? undefined
        : cell('Declined today, still to do', dollars(declinedCents), quotedOn(question)),
      history && cellOf('Declined before', list(before), history.asOf),
    ),
    replace: cells(replacement && paymentCell(replacement)),
  };
}

/** The same piece of work again is counted where it is quoted now. */
const isQuoted = ({ description }: { description: string }, { lines }: RepairQuoted['quote']) =>
  lines.some((line) => workKey(line.description) === workKey(description));

/** The car's cost in the last 12 months, if it was known that long: no forecast, and without this repair. */
function serviceCell({ carSince, carPayCents12, asOf }: HistorySummary, today: LocalDate): Cell | undefined {
  if (carSince === undefined || carSince > addMonths(today, -12)) return undefined;
  return cell('Service, if as in the last 12 months', `${dollars(carPayCents12)}, without this repair`, asOf);
}

type Replacement = NonNullable<FreshFacts['replacement']>;

function paymentCell(replacement: Replacement): Cell {
  const { monthlyPaymentCents, termMonths, moneyDownCents, asOf } = replacement;
  const payments = Math.min(12, termMonths ?? 12);
  const said = [
    dollars(monthlyPaymentCents),
    ...(termMonths === undefined ? [] : [`for ${termMonths} months`]),
    ...(moneyDownCents === undefined ? [] : [`with ${dollars(moneyDownCents)} down`]),
  ].join(' ');
  const value = `${said}; ${payments} payments: ${dollars(monthlyPaymentCents * payments)}`;
  return {
    ...cell('Monthly payment: estimate, with approved credit', value, asOf),
    onPaper: paperOf(replacement),
  };
}

/** A payment without its terms says less than the law asks. */
const paperOf = ({ termMonths, moneyDownCents }: Replacement): Cell['onPaper'] =>
  termMonths === undefined || moneyDownCents === undefined ? 'never' : 'always';

/**
 * Equity is the value less what is owed: where a store keeps one off the paper, the other would tell it. That the store
 * wants such cars tells of a price, too.
 */
const worth = (
  { circumstances: { wantedUntil }, today }: Question,
  { value, equity }: FreshFacts,
): SheetRow => ({
  about: 'worth',
  repair: cells(value && valueCell('Trade-in value (est.)', valueText(value), value.asOf)),
  replace: cells(
    equity &&
      valueCell(
        'Equity toward another car',
        `${dollars(equity.lowCents)} to ${dollars(equity.highCents)}`,
        equity.asOf,
      ),
    wantedUntil !== undefined && wantedUntil >= today
      ? valueCell('The store is looking for', `cars like this one, until ${dayText(wantedUntil)}`, today)
      : undefined,
  ),
});

const valueCell = (label: string, value: string, asOf: LocalDate): Cell => ({
  ...cell(label, value, asOf),
  onPaper: 'where the store allows it',
});

function valueText({ cents, source, estimate }: NonNullable<FreshFacts['value']>): string {
  const amount = estimate === true ? `about ${dollars(cents)}` : dollars(cents);
  return source === undefined ? amount : `${amount}, by ${inBrief(source)}`;
}

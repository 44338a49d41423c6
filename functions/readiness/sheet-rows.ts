import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { addMonths, type LocalDate } from '../group/business-time.ts';
import { type HistorySummary, workKey } from '../history/visits.ts';
import type { Question, QuotedQuestion } from './assessment.ts';
import { type FreshFacts, quotedOn } from './fresh-facts.ts';
import { amountsOf, isPaidByOthers } from './quote-amounts.ts';
import {
  type Cell,
  cell,
  cells,
  firstOf,
  hasFacts,
  OTHERS_LISTED,
  type SheetFact,
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

/** What is known about the car itself, quoted or not. */
export function carCells(question: Question, facts: FreshFacts): readonly Cell[] {
  const { repair, replace } = worth(question, facts);
  return [...repair, ...replace, ...endings(facts, question).repair];
}

function costsNow(question: QuotedQuestion, { replacement }: FreshFacts): SheetRow {
  const { quote } = question.quote;
  const down = replacement?.moneyDownCents;
  return {
    about: 'cost now',
    repair: [cell(costOf(quote), quotedOn(question))],
    replace: cells(
      replacement && down !== undefined
        ? cell({ is: 'money down', cents: down }, replacement.asOf, paperOf(replacement))
        : undefined,
    ),
  };
}

function costOf(quote: RepairQuoted['quote']): SheetFact {
  if (isPaidByOthers(quote)) return { is: 'paid by others' };
  const { leftCents, approvedCents, declinedCents } = amountsOf(quote);
  return { is: 'repair', leftCents, approvedCents, isPart: declinedCents > 0 };
}

function nextTwelveMonths(question: QuotedQuestion, { history, replacement }: FreshFacts): SheetRow {
  const { quote } = question.quote;
  const { declinedCents } = amountsOf(quote);
  return {
    about: 'next 12 months',
    repair: cells(
      history && serviceCell(history, question.today),
      declinedCents === 0
        ? undefined
        : cell({ is: 'declined today', cents: declinedCents }, quotedOn(question)),
      history && declinedBefore(history, quote),
    ),
    replace: cells(replacement && paymentCell(replacement)),
  };
}

/** Work that was declined before and is quoted again counts only in today's quote. */
function declinedBefore({ declined, asOf }: HistorySummary, quote: RepairQuoted['quote']): Cell | undefined {
  const before = declined.filter((line) => !isQuoted(line, quote));
  return before.length === 0
    ? undefined
    : cell({ is: 'declined before', lines: firstOf(before, OTHERS_LISTED) }, asOf);
}

const isQuoted = ({ description }: { description: string }, { lines }: RepairQuoted['quote']) =>
  lines.some((line) => workKey(line.description) === workKey(description));

/** The car's cost in the last 12 months, if the car has been known that long. Not a forecast, and without this repair. */
function serviceCell({ carSince, carPayCents12, asOf }: HistorySummary, today: LocalDate): Cell | undefined {
  if (carSince === undefined || carSince > addMonths(today, -12)) return undefined;
  return cell({ is: 'service as before', cents: carPayCents12 }, asOf);
}

type Replacement = NonNullable<FreshFacts['replacement']>;

function paymentCell(replacement: Replacement): Cell {
  const { monthlyPaymentCents: cents, termMonths, moneyDownCents, asOf } = replacement;
  const inYear = Math.min(12, termMonths ?? 12);
  return cell({ is: 'payment', cents, termMonths, moneyDownCents, inYear }, asOf, paperOf(replacement));
}

/** The law does not allow advertising a payment without its terms. */
const paperOf = ({ termMonths, moneyDownCents }: Replacement): Cell['onPaper'] =>
  termMonths === undefined || moneyDownCents === undefined ? 'never' : 'always';

/**
 * Equity is the value less what is owed, so if a store keeps the value off the customer's copy, equity must stay off it, too:
 * it would give the value away. So would the remark that the store wants such cars.
 */
function worth({ circumstances: { wantedUntil }, today }: Question, { value, equity }: FreshFacts): SheetRow {
  return {
    about: 'worth',
    repair: cells(value && valueCell(valueFact(value), value.asOf)),
    replace: cells(
      equity &&
        valueCell({ is: 'equity', lowCents: equity.lowCents, highCents: equity.highCents }, equity.asOf),
      wantedUntil !== undefined && wantedUntil >= today
        ? valueCell({ is: 'wanted', until: wantedUntil }, today)
        : undefined,
    ),
  };
}

const valueCell = (fact: SheetFact, asOf: LocalDate): Cell => cell(fact, asOf, 'where the store allows it');

const valueFact = ({
  cents,
  source,
  estimate,
  goodThrough,
}: NonNullable<FreshFacts['value']>): SheetFact => ({
  is: 'trade-in value',
  cents,
  source,
  isEstimate: estimate === true,
  goodThrough,
});

import { type Assessment, explain } from '../../readiness/assess.ts';
import type { Decision } from '../../readiness/decision.ts';
import { askerOf, isInHeadStart } from './conversation-request.ts';
import { type AdvisorAnswer, isAhead, type RepairOptions } from './task.ts';

/**
 * Explains why Sales was, or was not, nudged about a repair order, for the `why` command and the desk. It contains ids
 * and numbers, never a customer's name. `salesLine` is the state of the conversation.
 */
export function whyLines(order: RepairOptions, salesLine: string | undefined): string[] {
  const { assessment, facts } = order;
  if (!assessment) return [];
  return [
    ...whyDecided(assessment, { isQuoted: facts.quote !== undefined }),
    ...(isAhead(order) ? beforeVisit(order) : advisorLine(order)),
    salesLine ?? (askerOf(order) === undefined ? NOT_TOLD : 'Sales is about to be told.'),
  ];
}

const NOT_TOLD = 'Sales was not told.';

/** For a visit that nobody was asked about: there is no handoff, only the decision. */
export const whySilent = ({ assessment, quote }: Pick<Decision, 'assessment' | 'quote'>): string[] => [
  ...whyDecided(assessment, { isQuoted: 'quote' in quote }),
  'Nobody was asked, and Sales was not told.',
];

function whyDecided(assessment: Assessment, { isQuoted }: { readonly isQuoted: boolean }): string[] {
  const { decision, advice, reasonsFor, reasonsAgainst, suppressions, unknown } = explain(assessment);
  const reasons = (all: typeof reasonsFor) =>
    all.map(({ text, source, strong, age }) => `${text}${strong ? ' (strong)' : ''} — ${source}, ${age}`);
  return [
    decision,
    ...(isQuoted ? [advice] : []),
    ...section('For', reasons(reasonsFor)),
    ...section('Against', reasons(reasonsAgainst)),
    ...section('What forbade it', suppressions),
    ...section('Unknown, and so not counted', unknown),
    '',
    `Decided on ${assessment.on} by policy ${assessment.policyVersion}.`,
  ];
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  - ${line}`)];

const advisorSaid: Record<AdvisorAnswer, string> = {
  'good time': 'The advisor was asked first, and said that it is a good time.',
  'not now': 'The advisor was asked first, and said: not now.',
  never: 'The advisor said: never for this customer.',
  'may be asked': 'The advisor took “never for this customer” back.',
};

function advisorLine(order: RepairOptions): string[] {
  const { advisorSays, advisorSilent, managerSays } = order;
  return [
    ...(advisorSilent ? ['The advisor was asked first, and did not answer in time.'] : []),
    ...(advisorSays ? [advisorSaid[advisorSays]] : []),
    ...(managerSays ? [managerSaid[managerSays.said]] : []),
    ...(isInHeadStart(order) ? ['The advisor is asked first, and has not said yet.'] : []),
    ...(order.askedAhead ? ['They were asked before the visit, and not again at the write-up.'] : []),
  ];
}

/** For an appointment: what followed from the answer is recorded on the order of its visit. */
function beforeVisit({ advisorSays, ended }: RepairOptions): string[] {
  return [
    'The advisor was asked before the visit.',
    ...(advisorSays === undefined ? ['They have not said.'] : [`They said: ${advisorSays}.`]),
    ...(ended?.outcome === 'visit opened' ? ['The visit began: its repair order has the rest.'] : []),
  ];
}

const managerSaid = {
  'tell Sales': 'It was decided instead: tell Sales.',
  'leave it': 'It was decided instead: leave it.',
} as const;

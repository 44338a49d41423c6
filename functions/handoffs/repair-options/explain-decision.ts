import { formatDate } from '../../group/business-time.ts';
import { findChoice } from '../../handoff/choices.ts';
import {
  type AdvisorWord,
  isEnded,
  type RepairOptions,
  type UpgradeConversation,
} from '../../handoff/task.ts';
import { explain } from '../../readiness/assess.ts';
import type { Decision } from '../../readiness/decision.ts';

/**
 * Why somebody was, or was not, nudged about a repair order, in plain words: for the operator's command and for the
 * desk. Ids and numbers only: no customer is named.
 */
export function whyLines(order: RepairOptions, conversation: UpgradeConversation | undefined): string[] {
  const { assessment } = order;
  if (!assessment) return [];
  const { decision, advice, reasonsFor, reasonsAgainst, suppressions, unknown } = explain(assessment);
  const reasons = (all: typeof reasonsFor) =>
    all.map(({ text, source, strong, age }) => `${text}${strong ? ' (strong)' : ''} — ${source}, ${age}`);
  return [
    decision,
    advice,
    ...section('For', reasons(reasonsFor)),
    ...section('Against', reasons(reasonsAgainst)),
    ...section('What forbade it', suppressions),
    ...section('Unknown, and so not counted', unknown),
    '',
    `Decided on ${assessment.on} by policy ${assessment.policyVersion}.`,
    ...advisorLine(order),
    salesLine(order, conversation),
  ];
}

/** One decision in one line, for a list of what was decided before. */
export function decisionLine({ at, quote, assessment }: Decision): string {
  return `${at}, quote of ${quote.occurredAt}: ${explain(assessment).decision}`;
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  - ${line}`)];

const advisorSaid: Record<AdvisorWord, string> = {
  'good time': 'The advisor was asked first, and said that it is a good time.',
  'not now': 'The advisor was asked first, and said: not now.',
  never: 'The advisor said: never for this customer.',
  'may be asked': 'The advisor took “never for this customer” back.',
};

function advisorLine({ asksAdvisor, advisorSays, assessment }: RepairOptions): string[] {
  if (advisorSays) return [advisorSaid[advisorSays]];
  return asksAdvisor && assessment?.nudge ? ['The advisor is asked first, and has not said yet.'] : [];
}

function salesLine({ toldSales }: RepairOptions, conversation: UpgradeConversation | undefined): string {
  if (!conversation || conversation.state === 'awaited')
    return toldSales ? 'Sales is about to be told.' : 'Sales was not told.';
  const { assignee, facts, overCap } = conversation;
  const asked = facts.asked?.by === 'customer' ? ' The customer told the advisor: open to looking.' : '';
  if (overCap) return `${heldText(overCap)}${asked}`;
  const who = `Sales was told: ${assignee?.employeeNumber ?? 'nobody'}`;
  return `${who}, ${stateText(conversation)}.${asked}`;
}

function heldText({ why, until }: NonNullable<UpgradeConversation['overCap']>): string {
  return until === undefined
    ? `Sales was not told, because ${why}: kept, and told in a summary.`
    : `Sales was not told at once, because ${why}: it was kept until ${formatDate(until, 'en')}.`;
}

function stateText({ state, ended }: UpgradeConversation): string {
  if (state === 'open') return 'who has not accepted yet';
  if (state === 'accepted') return 'who accepted it';
  if (state === 'waiting') return 'who put it by';
  if (!ended || !isEnded({ state })) return 'and it was kept for the history';
  return `and it ended: ${findChoice(ended.outcome)?.label ?? ended.outcome}`;
}

import { formatDate } from '../../group/business-time.ts';
import { findChoice } from '../../handoff/choices.ts';
import { isEnded } from '../../handoff/task.ts';
import { capWords } from './cap-words.ts';
import { upgradeConversation } from './kind.ts';
import type { UpgradeConversation } from './task.ts';

/** The state of the conversation in one line for an operator; undefined before Sales was notified. */
export function salesLine(task: UpgradeConversation): string | undefined {
  if (task.state === 'awaited') return undefined;
  const { assignee, facts, overCap } = task;
  const asked = facts.asked?.by === 'customer' ? ' The customer told the advisor: open to looking.' : '';
  if (overCap) return `${heldText(overCap)}${asked}`;
  const who = `Sales was told: ${assignee?.employeeNumber ?? 'nobody'}`;
  return `${who}, ${stateText(task)}.${asked}`;
}

function heldText({ cap, until }: NonNullable<UpgradeConversation['overCap']>): string {
  const why = capWords[cap];
  return until === undefined
    ? `Sales was not told, because ${why}: kept, and told in a summary.`
    : `Sales was not told at once, because ${why}: it was kept until ${formatDate(until, 'en')}.`;
}

function stateText({ state, ended }: UpgradeConversation): string {
  if (state === 'open') return 'who has not accepted yet';
  if (state === 'accepted') return 'who accepted it';
  if (state === 'waiting') return 'who put it by';
  if (!ended || !isEnded({ state })) return 'and it was kept for the history';
  return `and it ended: ${findChoice(upgradeConversation, ended.outcome)?.label ?? ended.outcome}`;
}

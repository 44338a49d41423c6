/** A task's log entry in one line for an operator: codes, employee numbers and dates, without customer names. */
import { fieldOf } from '../../functions/handoff/choice-fields.ts';
import { findChoice } from '../../functions/handoff/choices.ts';
import type { LogEntry } from '../../functions/handoff/task.ts';
import { moveWords, reasonWords } from '../../functions/handoffs/any-kind/reason-words.ts';
import { type AnyTask, kindOf } from '../../functions/handoffs/kinds.ts';

export function logLine(entry: LogEntry, task: AnyTask): string {
  const from = entry.eventId === undefined ? '' : `, by event ${entry.eventId}`;
  return `${entry.by}: ${textOf(entry, task)}${from}`;
}

function textOf(entry: LogEntry, task: AnyTask): string {
  switch (entry.what) {
    case 'step':
      return withDetail(entry.trigger, entry.outcome ?? (entry.own && plain(entry.own.code)));
    case 'fact':
      return plain(entry.own.code);
    case 'assigned':
      return withDetail(`went to ${entry.employeeNumber}`, entry.reason);
    case 'moved':
      return withDetail(
        'moved',
        moveWords(entry.why, (number) => number),
      );
    case 'choice':
      return withDetail(entry.choice, isPlain(task, entry.choice) ? entry.value : undefined);
    case 'undone':
      return withDetail('undone', entry.choice);
    case 'fresh link':
    case 'no address':
      return entry.what;
    case 'unknown employee':
      return `${entry.role} ${entry.number} is not in the roster`;
    case 'deadline':
      return `${entry.deadline} is due`;
    case 'email report':
      return `${entry.report} of email ${entry.entry}`;
    case 'email not sent':
      return withDetail(`email '${entry.message}' not sent`, reasonWords(entry.reason));
    case 'odd fields':
      return withDetail(
        entry.what,
        entry.fields.map(({ path, code }) => `${path}: ${plain(code)}`).join('; '),
      );
    case 'decided':
      return entry.outcome;
    case 'earlier release':
      return withDetail(entry.text, entry.detail);
  }
}

const withDetail = (text: string, detail: string | undefined) =>
  detail === undefined ? text : `${text} (${detail})`;

const plain = (code: string) => code.replaceAll('-', ' ');

/** Typed text may name the customer, so only dates and numbers are shown. */
function isPlain(task: AnyTask, choice: string): boolean {
  const { asks } = findChoice(kindOf(task), choice) ?? {};
  return asks !== undefined && fieldOf(asks).isPlain;
}

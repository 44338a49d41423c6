import { oddWords } from '../contracts/warnings.ts';
import { findChoice } from '../handoff/choices.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import type { DeadlineName, LogEntry, Task, Trigger } from '../handoff/task.ts';
import { reasonGiven } from '../handoffs/any-kind/outcome-words.ts';
import { moveWords, reasonWords, unknownWords } from '../handoffs/any-kind/reason-words.ts';
import { kindOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { type Html, html } from '../mail/html.ts';
import { type Words, words, wordsToHtml } from '../mail/words.ts';
import type { Routed } from '../people/routing.ts';
import type { Shown } from './shown.ts';
import { momentWords, nameOf, saidWith } from './task-words.ts';

/** The log of a task in plain words, newest first. */
export function story(shown: Shown): Html | undefined {
  const entries = shown.task.log.filter((entry, at, all) => !isHalfOfAChoice(entry, all.slice(at + 1)));
  const lines = entries.toReversed().flatMap((entry) => {
    const says = entryWords(entry, shown);
    if (!says) return [];
    const when = momentWords(shown, entry.at);
    return [html`<li><time datetime="${entry.at}">${when}</time>${wordsToHtml(says)}</li>`];
  });
  return lines.length === 0 ? undefined : html`<ol class="story">${lines}</ol>`;
}

/** A choice is logged twice, as the step it caused and as the choice; the page shows the choice. */
const isHalfOfAChoice = (entry: LogEntry, later: readonly LogEntry[]): boolean =>
  later.some(({ what, at, by }) => what === 'choice' && at === entry.at && by === entry.by);

function entryWords(entry: LogEntry, shown: Shown): Words | undefined {
  const { task, roster } = shown;
  switch (entry.what) {
    case 'choice':
      return choiceWords(entry, shown);
    case 'undone': {
      const label = findChoice(kindOf(task), entry.choice)?.label ?? 'a choice';
      return words`${nameOf(entry.by, roster)} took back: ${label}`;
    }
    case 'fresh link':
      return words`${nameOf(entry.by, roster)} asked for a fresh link`;
    case 'step':
      return stepWords(entry, task);
    case 'fact':
      return wordsOf(task).logged(entry.own, task);
    case 'assigned':
      return words`Went to ${nameOf(entry.employeeNumber, roster)}: ${becauseOf[entry.reason]}`;
    case 'moved':
      return words`It moved on: ${moveWords(entry.why, (number) => nameOf(number, roster))}`;
    case 'deadline':
      return deadlineWords[entry.deadline];
    case 'email report':
      return reportWords(entry, task);
    case 'email not sent':
      return words`An email to the customer was not sent: ${reasonWords(entry.reason)}`;
    case 'no address':
      return words`No email address of the customer is known`;
    case 'unknown employee':
      return unknownWords(entry);
    case 'odd fields':
      return oddFieldWords(entry);
    case 'decided':
    case 'earlier release':
      return undefined;
  }
}

/** Uses the field names of the DMS, so that the reader can ask the person who looks after the DMS. */
function oddFieldWords({ fields }: Entry<'odd fields'>): Words {
  const said = fields.map(({ path, code }) => `${path} ${oddWords[code]}`);
  return words`The data of the DMS was odd: ${said.join('; ')}`;
}

type Entry<What extends LogEntry['what']> = Extract<LogEntry, { what: What }>;

function choiceWords({ by, choice: name, value }: Entry<'choice'>, shown: Shown): Words | undefined {
  const choice = findChoice(kindOf(shown.task), name);
  if (!choice) return undefined;
  const said = saidWith(choice, value, shown);
  const who = nameOf(by, shown.roster);
  return said ? words`${who}: ${choice.label}, ${said}` : words`${who}: ${choice.label}`;
}

/** Steps without news for the reader return undefined. */
const steps: Readonly<Partial<Record<Trigger, Words>>> = {
  'early fact': words`On hold until its day comes`,
  'asked anew': words`It is wanted after all`,
  reinstated: words`It is valid again`,
  cap: words`Its day in the summary is over: it stays in the history`,
  release: words`Its day came`,
};

function stepWords({ trigger, own, outcome = '' }: Entry<'step'>, task: Task): Words | undefined {
  const ofKind = wordsOf(task);
  switch (trigger) {
    case 'opening fact':
      return words`${ofKind.begins}`;
    case 'outcome':
      return words`Done: ${ofKind.outcome(outcome)}`;
    case 'closing fact':
    case 'given up':
      return words`Closed: ${ofKind.outcome(outcome)}${reasonGiven(task, ofKind, outcome)}`;
    case 'early fact':
    case 'release':
      return (own && ofKind.logged(own, task)) ?? steps[trigger];
    default:
      return steps[trigger];
  }
}

const becauseOf: Record<Routed['reason'], string> = {
  own: 'their own customer',
  partner: 'the partner of who hands the customer over',
  'fair choice': 'next up',
  manager: 'the manager, as nobody else could',
  'handed over': 'handed over',
};

const deadlineWords: Readonly<Partial<Record<DeadlineName, Words>>> = {
  'accept-reminder': words`Reminder: nobody had accepted it in time`,
  'accept-escalation': words`Escalated to the manager: nobody had accepted it`,
  'complete-reminder': words`Reminder: it was not finished in time`,
  'complete-escalation': words`Escalated to the manager: it was not finished`,
};

/** Only emails to the customer are shown. */
function reportWords({ report, entry: id }: Entry<'email report'>, task: Task): Words | undefined {
  const record = emailRecords(task).find((one) => one.id === id);
  if (record?.to !== 'customer') return undefined;
  switch (report) {
    case 'Delivery':
      return words`Our email reached the customer's mailbox`;
    case 'Bounce':
      return words`Our email to the customer came back`;
    case 'Complaint':
      return words`The customer marked our email as unwanted: no more is sent`;
    case 'Send':
      return words`Our email to the customer went out`;
    default:
      return undefined;
  }
}

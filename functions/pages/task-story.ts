import { findChoice } from '../handoff/choices.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import { type LogEntry, routingReasons, type Task } from '../handoff/task.ts';
import { outcomeWords, reasonWords } from '../handoffs/any-kind/outcome-words.ts';
import { type Html, html } from '../mail/html.ts';
import { type Words, words, wordsToHtml } from '../mail/words.ts';
import { findPerson } from '../people/staff.ts';
import { momentWords, nameOf, type Shown, saidWith } from './task-words.ts';

/** What happened, newest first, in plain words. */
export function story(shown: Shown): Html | undefined {
  const told = shown.task.log.filter((entry, at, all) => !isHalfOfAChoice(entry, all.slice(at + 1), shown));
  const lines = told.toReversed().flatMap((entry) => {
    const says = entryWords(entry, shown);
    if (!says) return [];
    const when = momentWords(shown, entry.at);
    return [html`<li><time datetime="${entry.at}">${when}</time>${wordsToHtml(says)}</li>`];
  });
  return lines.length === 0 ? undefined : html`<ol class="story">${lines}</ol>`;
}

/** A choice is logged as the move that it made and then as what was said: people read the latter. */
function isHalfOfAChoice(entry: LogEntry, later: readonly LogEntry[], { roster }: Shown): boolean {
  return (
    findPerson(roster, entry.by) !== undefined &&
    later.some(({ at, by, what }) => at === entry.at && by === entry.by && findChoice(what) !== undefined)
  );
}

function entryWords(entry: LogEntry, shown: Shown): Words | undefined {
  const choice = findChoice(entry.what);
  if (choice) {
    const said = saidWith(choice, entry.detail, shown);
    const who = nameOf(entry.by, shown.roster);
    return said ? words`${who}: ${choice.label}, ${said}` : words`${who}: ${choice.label}`;
  }
  if (entry.by === 'ses') return emailWords(entry, shown.task);
  if (entry.by === 'outbox')
    return words`An email to the customer was not sent: ${entry.detail ?? 'it had lost its moment'}`;
  if (entry.what === 'assigned') return assignedWords(entry, shown);
  return (byPeople[entry.what] ?? byItself[entry.what])?.(entry, shown);
}

type Telling = (entry: LogEntry, shown: Shown) => Words | undefined;

const byPeople: Readonly<Record<string, Telling>> = {
  undone: ({ by, detail }, { roster }) =>
    words`${nameOf(by, roster)} took back: ${findChoice(detail ?? '')?.label ?? 'a choice'}`,
  'fresh link': ({ by }, { roster }) => words`${nameOf(by, roster)} asked for a fresh link`,
};

const begins: Record<Task['kind'], string> = {
  'service-introduction': 'The sale came in',
  'first-service-visit': 'The first service came near',
  'repair-options': 'The repair was quoted',
  'upgrade-conversation': 'Sales was asked to talk',
};

const always =
  (says: string): Telling =>
  () =>
    words`${says}`;

/** What the dealer system and the clock bring. An entry that is not here is no news to anybody on the page. */
const byItself: Readonly<Record<string, Telling>> = {
  'opening fact': (_entry, { task }) => words`${begins[task.kind]}`,
  'early fact': ({ by, detail }) =>
    by === 'cap' && detail !== undefined
      ? words`It was put by: ${detail}`
      : words`It was put by until its day comes`,
  'asked anew': always('It is wanted after all'),
  cap: always('Its day in the summary is over: it stays in the history'),
  release: ({ detail }) =>
    detail === 'booked early' ? words`The visit was booked before the invitation` : words`Its day came`,
  moved: ({ detail }) => (detail === undefined ? words`It moved on` : words`It moved on: ${detail}`),
  outcome: ({ detail }) => words`Done: ${outcomeWords(detail ?? '')}`,
  'closing fact': ({ detail }, { task }) =>
    words`Closed: ${outcomeWords(detail ?? '')}${reasonWords(task, detail ?? '')}`,
  'sale corrected': always('The sale was corrected'),
  'deal unwound': (_entry, { task }) => words`The sale was reversed${reasonWords(task, 'deal unwound')}`,
  'due date corrected': always('The due date was corrected'),
  'first service raised': always('The first service came near'),
  'no email address of the customer': always('No email address of the customer is known'),
  'appointment booked': always('A service visit was booked'),
  'appointment cancelled': always('The service visit was cancelled'),
  'appointment no-show': always('The customer did not come to the visit'),
  visited: always('The customer came'),
  'quote changed': always('The quote changed'),
  'order voided': (_entry, { task }) =>
    words`The repair order was voided${reasonWords(task, 'order voided')}`,
  'order closed': always('The repair order was closed'),
  'the car left': always('The car left'),
  'not a retail sale': always('The deal is no retail sale or lease after all'),
  'accept-reminder': always('Reminder: nobody had accepted it in time'),
  'accept-escalation': always('The manager was told that nobody had accepted it'),
  'complete-reminder': always('Reminder: it was not finished in time'),
  'complete-escalation': always('The manager was told that it was not finished'),
};

const becauseOf: Record<(typeof routingReasons)[number], string> = {
  own: 'their own customer',
  partner: "the advisor's partner",
  'fair choice': 'a fair choice among those at work',
  manager: 'the manager, as nobody else could',
  'handed over': 'handed over',
};

function assignedWords({ detail = '' }: LogEntry, { roster }: Shown): Words {
  const [number, reason] = detail.split(': ');
  const why = routingReasons.find((one) => one === reason);
  return why
    ? words`Went to ${nameOf(number, roster)}: ${becauseOf[why]}`
    : words`Went to ${nameOf(number, roster)}`;
}

/** Of emails to staff nothing is told: they are read or not. */
function emailWords({ what, detail }: LogEntry, task: Task): Words | undefined {
  const entry = emailRecords(task).find(({ id }) => id === detail);
  if (entry?.to !== 'customer') return undefined;
  if (what === 'Delivery') return words`Our email reached the customer's mailbox`;
  if (what === 'Bounce') return words`Our email to the customer came back`;
  if (what === 'Complaint') return words`The customer marked our email as unwanted: no more is sent`;
  return what === 'Send' ? words`Our email to the customer went out` : undefined;
}

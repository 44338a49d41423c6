import { formatDate, formatInstant, localDate } from '../group/business-time.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import type { Task } from '../handoff/task.ts';
import { howToReach } from '../handoffs/any-kind/people-words.ts';
import { customerOf, kindOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { type Html, html } from '../mail/html.ts';
import { type Words, words, wordsToHtml } from '../mail/words.ts';
import { counted } from '../my-day/emails/day-letter.ts';
import { feedLines } from '../my-day/feed-words.ts';
import { letterLines } from '../my-day/letter-words.ts';
import { SILENT, silentPeople, UNSIGNED } from '../my-day/silent-people.ts';
import { isEscalated, isLate, type StoreToday, type Worklist } from '../my-day/worklist.ts';
import { numberAt } from '../people/across-stores.ts';
import { findPerson, isAtWork, type StaffMember } from '../people/staff.ts';
import { acceptAll, type Call, callTable, type WrongInList } from './call-list.ts';
import { type Holder, handOverForm, type WrongHandOver } from './hand-over-form.ts';
import { lostTable } from './lost-list.ts';
import { render } from './page.ts';
import { bulletList, factList, notice, text } from './parts.ts';
import { startLinks } from './start-links.ts';
import { headingOf, howItStands, nameOf } from './task-words.ts';

export interface ShownDay extends Context {
  readonly reader: StaffMember;
  readonly worklist: Worklist;
  /** The path of this page; each task opens below it. */
  readonly path: string;
}

/** The result of the reader's last action, if there was one. */
export type DayOutcome =
  | { readonly is: 'handed over'; readonly from: string }
  | { readonly is: 'saved'; readonly count: number }
  | {
      readonly is: 'partly saved';
      readonly saved: number;
      readonly movedOn: number;
      readonly wrong: readonly WrongInList[];
    }
  | { readonly is: 'nothing chosen' }
  | { readonly is: 'moved on' }
  | ({ readonly is: 'wrong' } & WrongHandOver);

/** One person's open handoffs; for a manager also the store's, and who has them. */
export function myDayPage(shown: ShownDay, outcome?: DayOutcome): string {
  const { worklist, reader } = shown;
  const result = outcome && noticeOf(outcome, shown);
  return render({
    language: 'en',
    title: [result?.title, 'My open tasks'].filter(Boolean).join(' – '),
    of: shown,
    topic: 'My day',
    notice: result?.html,
    body: html`<div class="board lists">
${ownSection(shown, outcome)}
${worklist.store && storeSection(worklist.store, shown, outcome)}
</div>
<p class="foot">This page opens as ${wordsToHtml(reader.name)}, without a password. Please don’t forward its link.</p>`,
  });
}

function noticeOf(outcome: DayOutcome, shown: ShownDay): { readonly title: string; readonly html: Html } {
  const wrong = (title: string, says: Words) => ({ title, html: notice('wrong', text(says)) });
  switch (outcome.is) {
    case 'handed over':
      return handedOver(outcome.from, shown);
    case 'saved':
      return {
        title: 'Saved',
        html: notice(
          'done',
          text(
            words`Saved: ${counted(outcome.count, 'entry', 'entries')}. Each can be taken back on its own page.`,
          ),
        ),
      };
    case 'partly saved':
      return wrong('Please check', partlySaved(outcome));
    case 'nothing chosen':
      return wrong(
        'Nothing was changed',
        words`Nothing was chosen, so nothing was changed. Please press one of the buttons.`,
      );
    case 'moved on':
      return wrong(
        'Nothing was changed',
        words`Nothing was changed: that handoff had moved on. Here is how it stands now.`,
      );
    case 'wrong':
      return wrong('Please check', words`Nothing was handed over yet. ${outcome.message}`);
  }
}

function partlySaved({ saved, wrong, movedOn }: Extract<DayOutcome, { is: 'partly saved' }>): Words {
  const kept = saved === 0 ? words`Nothing was saved.` : words`Saved: ${counted(saved, 'entry', 'entries')}.`;
  const check = wrong.length === 0 ? words`` : words` Please check ${wrong.length} below.`;
  const gone = movedOn === 0 ? words`` : words` Not saved, because it had moved on: ${movedOn}.`;
  return words`${kept}${check}${gone}`;
}

/** The marker in the URL may be outdated, so the notice counts what is open now. */
function handedOver(from: string, { worklist, roster }: ShownDay) {
  const left = (worklist.store?.open ?? []).filter(
    ({ assignee }) => assignee?.employeeNumber === from,
  ).length;
  const name = nameOf(from, roster);
  const says =
    left === 0
      ? words`Done: nothing is open with ${name} any more. Whoever has it now, and ${name}, were told.`
      : words`Done. With ${name}, ${left} are open now. Whoever it concerns was told.`;
  return { title: 'Done', html: notice('done', text(says)) };
}

function ownSection(shown: ShownDay, outcome: DayOutcome | undefined): Html {
  const { open, capped, snoozed } = shown.worklist;
  const late = open.filter((task) => isLate(task, shown.now)).length;
  const calls = open.flatMap((task): Call[] => {
    const call = wordsOf(task).callRow(task, shown.now);
    return call ? [{ task, call }] : [];
  });
  const others = open.filter((task) => !calls.some((call) => call.task === task));
  const offered = open.filter(({ state }) => state === 'open').length;
  const chooser = readerOf(shown.reader);
  const wrong = outcome?.is === 'partly saved' ? outcome.wrong : [];
  return html`<section class="panel" aria-labelledby="mine">
<h1 id="mine">My open tasks</h1>
<p class="${late > 0 ? 'now late' : 'now'}">${sumOf(open.length, late)}</p>
${taskTable(others, 'mine', shown)}
${acceptAll(offered, shown.now)}
${callTable(calls, { ...shown, chooser, wrong })}
${lostTable(shown.worklist.lost ?? [], shown)}
${listOf('Coming later (you’re at the limit for now)', capped, shown)}
${listOf('Snoozed', snoozed, shown)}
${startLinks(shown.reader, shown.path)}
</section>`;
}

function sumOf(open: number, late: number): string {
  if (open === 0) return 'Nothing is open with you.';
  return late === 0 ? `${open} open, none overdue.` : `${open} open, ${late} overdue.`;
}

const listOf = (title: string, tasks: readonly Task[], shown: ShownDay): Html | undefined => {
  const id = title.replace(/\W.*$/, '').toLowerCase();
  return tasks.length === 0 ? undefined : html`<h3 id="${id}">${title}</h3>${taskTable(tasks, id, shown)}`;
};

/** One handoff in a row: what it is, a number to tap, since when, and its state. */
function taskTable(tasks: readonly Task[], labelledBy: string, shown: ShownDay): Html | undefined {
  if (tasks.length === 0) return undefined;
  return html`<table aria-labelledby="${labelledBy}"><thead><tr><th scope="col">Handoff</th><th scope="col">Reach</th><th scope="col">Since</th><th scope="col">How it stands</th></tr></thead>
<tbody>${tasks.map((task) => taskRow(task, shown))}</tbody></table>`;
}

function taskRow(task: Task, shown: ShownDay): Html {
  const { words: says, late } = howItStands({ ...shown, task });
  const since = formatInstant(shown.store.timeZone, task.assignee?.since ?? task.createdAt, 'en');
  const isTheirs = task.assignee?.employeeNumber === numberAt(task.storeId, shown.reader);
  const whoKnows = isTheirs ? ' Your manager was told.' : ' Escalated.';
  const state = html`${wordsToHtml(says)}${isEscalated(task, shown.now) ? whoKnows : ''}`;
  // Other people's handoffs are read without their customers' opt-outs, so they show no number.
  const customer = isTheirs ? customerOf(task) : undefined;
  return html`<tr><th scope="row"><a href="${shown.path}/${task.taskId}">${wordsToHtml(headingOf(task))}</a><span class="hint">${wordsOf(task).topic}</span></th>
<td>${customer && wordsToHtml(howToReach(customer))}</td><td>${wordsToHtml(since)}</td><td>${late ? html`<span class="late">${state}</span>` : state}</td></tr>`;
}

function storeSection(today: StoreToday, shown: ShownDay, outcome: DayOutcome | undefined): Html {
  const { open, done, lost, soldHere, doneSince } = today;
  const { now, store } = shown;
  const since = formatDate(localDate(store.timeZone, doneSince), 'en');
  const others = peopleWith(open, shown);
  return html`<section class="panel" aria-labelledby="store">
<h2 id="store">My store today</h2>
${feedNotice(today, shown)}
${bulletList(letterLines(today, shown.path))}
${factList([
  ['Open', words`${open.length}`],
  ['Overdue', words`${open.filter((task) => isLate(task, now)).length}`],
  ['Escalated', words`${open.filter((task) => isEscalated(task, now)).length}`],
  ['Done', words`${done.length} since ${since}`],
  ['Not returned', lost.length === 0 ? undefined : words`${lost.length} since ${since}`],
  [SILENT, silentPeople(today.silent, shown.person)],
  [UNSIGNED, silentPeople(today.unsigned, shown.person)],
])}
${others.map((one) => personSection(one, shown, outcome))}
${listOf('Sold here, serviced elsewhere', soldHere, shown)}
${folded('Not returned', lost, since, shown)}
${folded('Done', done, since, shown)}
</section>`;
}

const feedNotice = (today: StoreToday, { store }: ShownDay): readonly Html[] =>
  feedLines(today, store).map((line) => html`<p class="now late">${wordsToHtml(line)}</p>`);

/** Other people's handoffs, most urgent first; the reader's own are above. */
function peopleWith(open: readonly Task[], { reader }: ShownDay): Holder[] {
  const holders = new Map<string, Holder>();
  for (const task of open) {
    const number = task.assignee?.employeeNumber;
    if (number === undefined || number === reader.employeeNumber) continue;
    const key = `${kindOf(task).department} ${number}`;
    const known = holders.get(key);
    holders.set(key, { number, tasks: known ? [...known.tasks, task] : [task] });
  }
  return [...holders.values()];
}

function personSection(holder: Holder, shown: ShownDay, outcome: DayOutcome | undefined): Html {
  const { number, tasks } = holder;
  const { roster } = shown;
  const person = findPerson(roster, number);
  const isOff = person && !isAtWork(person, shown.today);
  const id = `list-${kindOf(tasks[0]).department}-${number}`;
  const wrong = outcome?.is === 'wrong' ? outcome : undefined;
  const late = tasks.filter((task) => isLate(task, shown.now)).length;
  const overdue = late === 0 ? undefined : html`, <span class="late">${late} overdue</span>`;
  return html`<details class="fold whole"${wrong?.from === number ? html` open` : undefined}><summary><h3 id="${id}">${nameOf(number, roster)}: ${tasks.length} open${overdue}${isOff ? ' (off today)' : ''}</h3></summary>
${taskTable(tasks, id, shown)}
<div class="apart">${handOverForm(holder, shown, wrong)}</div></details>`;
}

const folded = (what: string, tasks: readonly Task[], since: string, shown: ShownDay): Html | undefined =>
  tasks.length === 0
    ? undefined
    : html`<details class="fold whole"><summary><h3>${what} since ${since}: ${tasks.length}</h3></summary>${taskDone(tasks, shown)}</details>`;

const taskDone = (done: readonly Task[], shown: ShownDay): Html =>
  html`<ul class="plain">${done.map(
    (task) =>
      html`<li><a href="${shown.path}/${task.taskId}">${wordsToHtml(headingOf(task))}</a>: ${wordsToHtml(howItStands({ ...shown, task }).words)}</li>`,
  )}</ul>`;

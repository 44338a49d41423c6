import type { Customer } from '../../contracts/fields.ts';
import { customerName } from '../../customers/customer.ts';
import { formatInstant } from '../../group/business-time.ts';
import { findStore, letterheadOf } from '../../group/group.ts';
import { isOpen, type Task } from '../../handoff/task.ts';
import {
  aside,
  type Block,
  type Blocks,
  button,
  facts,
  heading,
  lead,
  paragraph,
  points,
} from '../../mail/blocks.ts';
import { carOf, dayOf, howLong } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Attachment, CallRow, Email } from '../../mail/message.ts';
import {
  type Content,
  leadingTo,
  strong,
  subjectLine,
  type Words,
  words,
  wordsToText,
} from '../../mail/words.ts';
import { dueBy, isEscalated, isLate, lateSince } from '../worklist.ts';
import type { DayContext, LineContext, ListedEmail, TaskInList } from './day-message.ts';

/** The shared part of the lists: the count, the lists with late tasks first, one button to the page. */
export interface DayLetter {
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Content;
  readonly lists: Blocks;
  readonly button: string;
  /** Shown below the button. */
  readonly more?: Blocks;
}

export function dayLetter(context: DayContext, letter: DayLetter): Email {
  const { group, store, now, link, wasAskedFor, listed } = context;
  const subject = subjectLine(letter.subject);
  const body = lay({
    language: 'en',
    title: subject,
    preheader: dayOf(store.timeZone, now, 'en'),
    brand: store.name,
    letterhead: letterheadOf(group, store),
    topic: 'My day',
    blocks: [
      wasAskedFor ? aside('You asked for this list.') : undefined,
      heading(letter.heading),
      lead(letter.first),
      ...letter.lists,
      link === undefined ? undefined : button(letter.button, link),
      ...(letter.more ?? []),
    ],
    footer: [
      link === undefined
        ? undefined
        : paragraph(
            words`The button opens your page as you, without a password. Please don't forward this email.`,
          ),
    ],
  });
  const attachments = listed.flatMap((one) => one.attachments).map(named);
  return { subject, ...body, ...(attachments.length > 0 ? { attachments } : {}) };
}

/** Some mail programs would merge two attachments of the same name. */
function named(file: Attachment, at: number, all: readonly Attachment[]): Attachment {
  const isAlone = all.every((other, place) => place === at || other.fileName !== file.fileName);
  return isAlone ? file : { ...file, fileName: `${at + 1}-${file.fileName}` };
}

/** The number of tasks that an email lists; the page lists all of them. */
const LINES = 15;

export function taskList(
  tasks: readonly Task[],
  title: string,
  line: (task: Task) => Words,
): Block | undefined {
  const more = tasks.length - LINES;
  const shown = tasks.slice(0, LINES).map(line);
  return points([...shown, more > 0 ? words`And ${more} more, on the page.` : undefined], title);
}

/** The customers to call, each with what to say; those that have no room are on the page. */
export function callList(tasks: readonly Task[], title: string, context: DayContext): Block | undefined {
  const rows = tasks.flatMap((task) => {
    const { call, customer } = context.about(task);
    return call ? [[wordsToText(nameOf(customer)), callWords(call)] as const] : [];
  });
  const more = rows.length - LINES_TO_CALL;
  return facts(
    [
      ...rows.slice(0, LINES_TO_CALL),
      ['', more > 0 ? words`And ${more} more, on the page.` : undefined] as const,
    ],
    title,
  );
}

const LINES_TO_CALL = 40;
export const TO_BOOK = 'First services to book';

const callWords = ({ reach, due, owed }: CallRow): Words =>
  owed === undefined ? words`${reach} · ${due}` : words`${reach} · ${due} · We owe: ${owed}`;

const nameOf = (customer: Customer | undefined): Words =>
  words`${customer ? customerName(customer) : 'A customer'}`;

/** Whether the reader still has to call: the task is theirs, and nothing is booked yet. */
export const isToCall = (task: Task, { about }: DayContext): boolean =>
  isOpen(task) && about(task).call !== undefined;

/** Updates, grouped under their titles, in the order in which they came. */
export function news(listed: readonly ListedEmail[], context: DayContext): Blocks {
  const updates = listed.filter((one) => !(one.isAssignment && isToCall(one.task, context)));
  return [...Map.groupBy(updates, ({ line }) => line.under)].map(([under, lines]) =>
    points([...lines.slice(0, LINES).map(({ line }) => line.says), moreLines(lines.length)], under),
  );
}

const moreLines = (count: number): Words | undefined =>
  count > LINES ? words`And ${count - LINES} more.` : undefined;

/** One handoff in a line: customer, next step, deadline. */
export function lineOf(task: Task, context: DayContext): Words {
  const about = context.about(task);
  const what = task.state === 'open' ? about.words.toAccept : about.words.toComplete;
  return words`${aboutWhom(task, about, context)}: ${what}. ${when(task, context)}`;
}

/** `Overdue 1 h` */
export function overdueFor(task: Task, now: string): string {
  const since = lateSince(task);
  return since === undefined ? 'Overdue' : `Overdue ${howLong(since, now)}`;
}

function when(task: Task, { store, now }: DayContext): Words {
  const at = (instant: string) => formatInstant(store.timeZone, instant, 'en');
  const since = words`since ${at(task.assignee?.since ?? task.createdAt)}`;
  if (isLate(task, now)) return words`${strong(overdueFor(task, now))}, yours ${since}.`;
  const limit = dueBy(task, now);
  return limit === undefined ? words`Yours ${since}.` : words`By ${at(limit)}; yours ${since}.`;
}

/** The same for a manager, with the assignee. */
export function lineWithName(task: Task, context: LineContext): Words {
  const { person, now, store } = context;
  const about = context.about(task);
  const has = person(task.assignee?.employeeNumber)?.name ?? 'nobody at work';
  const state = task.state === 'open' ? 'not accepted' : 'not finished';
  const late = isEscalated(task, now)
    ? strong('Escalated')
    : isLate(task, now)
      ? strong(overdueFor(task, now))
      : words`Open`;
  const since = formatInstant(store.timeZone, task.assignee?.since ?? task.createdAt, 'en');
  return words`${aboutWhom(task, about, context)}: ${about.words.name}, with ${has}. ${late}, ${state}, since ${since}.`;
}

/** A handoff at the store that services the car, for a manager of the store that sold it. */
export function lineElsewhere(task: Task, context: DayContext): Words {
  const { group, now } = context;
  const about = context.about(task);
  const where = findStore(group, task.storeId)?.name ?? 'another store';
  const late = isLate(task, now) ? strong(overdueFor(task, now)) : words`Open`;
  const state = task.state === 'open' ? 'not accepted' : 'not finished';
  return words`${aboutWhom(task, about, context)}: ${about.words.name}, at ${where}. ${late}, ${state}.`;
}

/** A nudge that waits for a day with room, or one without such a day, which is listed once so that it is not lost. */
export function cappedLine(task: Task, context: DayContext): Words {
  const { store } = context;
  const about = context.about(task);
  const held = about.words.heldBack(task);
  if (held !== undefined) return words`${aboutWhom(task, about, context)}: not sent, because ${held}.`;
  const { release } = task.deadlines;
  const day = release === undefined ? undefined : dayOf(store.timeZone, release, 'en');
  return words`${aboutWhom(task, about, context)}: ${about.words.name}, comes to you ${day === undefined ? 'soon' : day}.`;
}

export function aboutWhom(
  task: Task,
  { customer, vehicle }: Pick<TaskInList, 'customer' | 'vehicle'>,
  { link }: Pick<DayContext, 'link'>,
): Words {
  const car = vehicle && carOf(vehicle);
  const who = leadingTo(link && `${link}/${task.taskId}`, wordsToText(nameOf(customer)));
  return car === undefined ? who : words`${who}, ${car}`;
}

/** `1 handoff`, `2 handoffs` */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;

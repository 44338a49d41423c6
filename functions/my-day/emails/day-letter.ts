import { customerName } from '../../customers/customer.ts';
import { formatInstant } from '../../group/business-time.ts';
import { letterheadOf } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import {
  aside,
  type Block,
  type Blocks,
  button,
  heading,
  lead,
  paragraph,
  points,
} from '../../mail/blocks.ts';
import { carOf, dayOf } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Email } from '../../mail/message.ts';
import { type Content, strong, subjectLine, type Words, words } from '../../mail/words.ts';
import { dueBy, isEscalated, isLate } from '../worklist.ts';
import type { DayContext, TaskInList } from './day-message.ts';

/** The shared part of the summaries: the count, the list with late tasks first, one button to the page. */
export interface DayLetter {
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Content;
  readonly lists: Blocks;
  readonly button: string;
}

export function dayLetter({ group, store, now, link, wasAskedFor }: DayContext, letter: DayLetter): Email {
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
    ],
    footer: [
      link === undefined
        ? undefined
        : paragraph(
            words`The button opens your page as you, without a password. Please don't forward this email.`,
          ),
    ],
  });
  return { subject, ...body };
}

/** The number of tasks that an email lists; the page has them all. */
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

/** One handoff in a line: customer, next step, deadline. */
export function lineOf(task: Task, context: DayContext): Words {
  const about = context.about(task);
  const what = task.state === 'open' ? about.words.toAccept : about.words.toComplete;
  return words`${aboutWhom(about)}: ${what}. ${when(task, context)}`;
}

function when(task: Task, { store, now }: DayContext): Words {
  const at = (instant: string) => formatInstant(store.timeZone, instant, 'en');
  const since = words`since ${at(task.assignee?.since ?? task.createdAt)}`;
  const limit = dueBy(task, now);
  return limit === undefined
    ? words`${strong('Overdue')}, yours ${since}.`
    : words`By ${at(limit)}; yours ${since}.`;
}

/** The same for a manager, with the assignee. */
export function lineWithName(task: Task, context: DayContext): Words {
  const { person, now, store } = context;
  const about = context.about(task);
  const has = person(task.assignee?.employeeNumber)?.name ?? 'nobody at work';
  const state = task.state === 'open' ? 'not accepted' : 'not finished';
  const late = isEscalated(task, now)
    ? strong('Escalated')
    : isLate(task, now)
      ? strong('Overdue')
      : words`Open`;
  const since = formatInstant(store.timeZone, task.assignee?.since ?? task.createdAt, 'en');
  return words`${aboutWhom(about)}: ${about.words.name}, with ${has}. ${late}, ${state}, since ${since}.`;
}

/** A nudge that waits for its day, or one without a day, which is listed once so that it is not lost. */
export function cappedLine(task: Task, { store, about: aboutTask }: DayContext): Words {
  const about = aboutTask(task);
  const held = about.words.heldBack(task);
  if (held !== undefined) return words`${aboutWhom(about)}: not sent, because ${held}.`;
  const { release } = task.deadlines;
  const day = release === undefined ? undefined : dayOf(store.timeZone, release, 'en');
  return words`${aboutWhom(about)}: ${about.words.name}, comes to you ${day === undefined ? 'soon' : day}.`;
}

function aboutWhom({ customer, vehicle }: TaskInList): Words {
  const car = vehicle && carOf(vehicle);
  const who = strong(customer ? customerName(customer) : 'A customer');
  return car === undefined ? who : words`${who}, ${car}`;
}

/** `1 handoff`, `2 handoffs` */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;

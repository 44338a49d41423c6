import { calendarOf, localDate, nextOpen, plusMinutes, startOfDay } from './business-time.ts';
import { type Choice, type Reader, choicesFor, questionOf } from './choices.ts';
import { startClock, stopClocks } from './clocks.ts';
import { addressOf } from './customer.ts';
import { type Context, end, log, oweEmail, oweEvent, setDeadline, step } from './draft.ts';
import { decideAppointment } from './first-service.ts';
import { handOn, routeOn } from './handing-on.ts';
import { canMove, move } from './life.ts';
import { isEmail } from './outbox.ts';
import type { EmailEntry } from './outbox-entry.ts';
import { findPerson, isActive } from './staff.ts';
import { isOpen, type Task } from './task.ts';
import { departmentOf } from './clocks.ts';

/** What a person chose, checked by its field: a date is a date, a colleague a number of the roster. */
export interface Answer {
  readonly choice: string;
  readonly reason?: string | undefined;
  readonly date?: string | undefined;
  /** An instant, where the choice asks for date and time. */
  readonly startsAt?: string | undefined;
  readonly dealNumber?: string | undefined;
  readonly colleague?: string | undefined;
  readonly email?: string | undefined;
  readonly note?: string | undefined;
}

export type Answered =
  | { readonly is: 'done'; readonly task: Task; readonly choice: Choice }
  /** The same was said before: nothing more changes. */
  | { readonly is: 'already done' }
  /** The task moved on since the page was made. */
  | { readonly is: 'moved on' }
  | { readonly is: 'wrong'; readonly field: string; readonly message: string };

/** How long a choice can be taken back. */
const UNDO_MINUTES = 120;

export function answerTask(task: Task, reader: Reader, answer: Answer, context: Context): Answered {
  if (saidBefore(task, reader, answer)) return { is: 'already done' };
  const choice = choicesFor(task, reader).find(({ name }) => name === answer.choice);
  if (!choice) return { is: 'moved on' };
  const wrong = whatIsWrong(choice, answer, context);
  if (wrong) return { is: 'wrong', ...wrong };
  const detail = answer.note ?? answer.reason ?? answer.date ?? answer.startsAt ?? answer.dealNumber ?? answer.colleague;
  const done = perform(task, choice, answer, reader, context);
  const said = log(done, context.now, reader.employeeNumber, choice.name, detail);
  return { is: 'done', choice, task: said };
}

/** Takes the reader's last choice back while that is possible; whoever heard of it hears of this. */
export function undoChoice(task: Task, reader: Reader, context: Context): Answered {
  const { undo } = task;
  const { now } = context;
  if (!undo || undo.by !== reader.employeeNumber || undo.until < now) return { is: 'moved on' };
  const by = task.state === 'completed' ? 'undo' : 'undo of acceptance';
  if (!canMove(task.state, by)) return { is: 'moved on' };
  const { undo: _done, ended: _ended, ...rest } = log(move(task, by), now, reader.employeeNumber, 'undone', undo.choice);
  const back = startClock(undo.state === 'accepted' ? move(rest, 'accept') : rest, undo.state === 'accepted' ? 'complete' : 'accept', context);
  const heard = emailsAfter(task, 'handoff-closed');
  const told = heard.reduce<Task>(
    (one, entry) =>
      entry.to === 'customer'
        ? one
        : oweEmail(one, now, {
            message: 'handoff-moved',
            to: entry.to,
            note: { why: 'What you heard was taken back: this handoff is open again.' },
            again: true,
          }),
    back,
  );
  const asked = undo.choice === 'open-to-looking' ? oweEvent(told, now, 'upgrade-conversation-due', 'taken back') : told;
  return { is: 'done', task: asked, choice: { ...undoing, next: `'${undo.choice}' is taken back.` } };
}

const undoing: Choice = {
  name: 'undo',
  label: 'Take it back',
  next: '',
  asks: [],
  kinds: [],
  from: [],
  who: 'named',
  does: 'note',
};

const emailsAfter = (task: Task, message: string): EmailEntry[] =>
  task.outbox
    .filter(isEmail)
    .filter((entry) => entry.message === message && entry.owedAt >= (task.ended?.at ?? '~'));

/** A double click, a reload, the back button: the same words by the same person, with nothing in between. */
function saidBefore(task: Task, reader: Reader, answer: Answer): boolean {
  const last = task.log.findLast((entry) => entry.by === reader.employeeNumber && entry.what !== 'undone');
  const lastUndone = task.log.findLast((entry) => entry.by === reader.employeeNumber)?.what === 'undone';
  if (!last || lastUndone || last.what !== answer.choice) return false;
  const detail = answer.note ?? answer.reason ?? answer.date ?? answer.startsAt ?? answer.dealNumber ?? answer.colleague;
  return last.detail === detail;
}

function whatIsWrong(choice: Choice, answer: Answer, context: Context) {
  const today = localDate(context.store.timeZone, context.now);
  const missing = (field: string, message: string) => ({ field, message });
  for (const field of choice.asks) {
    if (field === 'time') continue;
    if (field === 'date' && choice.asks.includes('time')) {
      if (answer.startsAt === undefined) return missing('date', 'Please give the day and the time of the visit.');
      if (answer.startsAt <= context.now) return missing('date', 'That time has passed: please give one to come.');
    } else if (field === 'date') {
      if (answer.date === undefined) return missing('date', 'Please give a day.');
      if (answer.date < today) return missing('date', 'That day has passed: please give one to come.');
      if (choice.does === 'snooze' && answer.date === today) {
        return missing('date', 'Please give a day after today.');
      }
    } else if (answer[field] === undefined) {
      return missing(field, asking[field]);
    }
  }
  return choice.does === 'hand over' ? wrongColleague(answer, context, today) : undefined;
}

const asking = {
  reason: 'Please say why, in a few words.',
  dealNumber: 'Please give the deal number.',
  colleague: 'Please choose a colleague.',
  email: 'Please give an email address such as maria@example.com.',
  note: 'Please write the note.',
} as const;

function wrongColleague({ colleague }: Answer, { roster }: Context, today: string) {
  const person = colleague === undefined ? undefined : findPerson(roster, colleague);
  if (person && isActive(person, today)) return undefined;
  return { field: 'colleague', message: 'Please choose a colleague who works here today.' };
}

function perform(task: Task, choice: Choice, answer: Answer, reader: Reader, context: Context): Task {
  const { now, store } = context;
  const by = reader.employeeNumber;
  switch (choice.does) {
    case 'accept':
      return undoable(accept(task, by, context), task, choice, by, now);
    case 'complete':
      return undoable(complete(task, choice, by, context), task, choice, by, now);
    case 'decline':
      return routeOn(task, { why: answer.reason ?? '', by, declined: true }, context);
    case 'hand over':
      return handOn(
        task,
        { employeeNumber: answer.colleague ?? by, reason: 'handed over' },
        { why: 'handed over by a colleague', by },
        context,
      );
    case 'snooze': {
      const opening = nextOpen(
        calendarOf(store, departmentOf(task)),
        startOfDay(store.timeZone, answer.date ?? localDate(store.timeZone, now)),
      );
      return setDeadline(stopClocks(step(task, 'snooze', now, by)), 'release', opening);
    }
    case 'book':
      return task.kind === 'first-service-visit' && answer.startsAt !== undefined
        ? decideAppointment(
            task,
            { appointmentNumber: `staff-${by}`, occurredAt: now, startsAt: answer.startsAt, status: 'booked' },
            context,
          ).task
        : task;
    case 'email':
      return writeToNewAddress({ ...task, customerEmail: answer.email }, now);
    case 'send again':
      return decideQuestion(task, 'owed');
    case 'leave it':
      return decideQuestion(task, 'lapsed');
    case 'note':
      return task;
  }
}

function accept(task: Task, by: string, context: Context): Task {
  return oweEvent(
    startClock(step(task, 'accept', context.now, by), 'complete', context),
    context.now,
    'handoff-task-accepted',
  );
}

function complete(task: Task, choice: Choice, by: string, context: Context): Task {
  const ended = end(task, context.now, 'outcome', { outcome: choice.name, who: by });
  return choice.name === 'open-to-looking'
    ? oweEvent(ended, context.now, 'upgrade-conversation-due', 'customer')
    : ended;
}

function undoable(done: Task, before: Task, choice: Choice, by: string, now: string): Task {
  return {
    ...done,
    undo: { state: before.state, choice: choice.name, by, until: plusMinutes(now, UNDO_MINUTES) },
  };
}

/** The email that found no mailbox goes to the new one; nothing that reached the customer is sent again. */
function writeToNewAddress(task: Task, now: string): Task {
  if (addressOf(task) === undefined || !isOpen(task)) return task;
  const message = task.kind === 'service-introduction' ? 'introduction-to-customer' : 'first-service-invitation';
  return oweEmail(task, now, { message, to: 'customer', again: true });
}

function decideQuestion(task: Task, state: 'owed' | 'lapsed'): Task {
  const question = questionOf(task);
  if (!question) return task;
  const { reason: _why, ...rest } = question;
  const decided = { ...rest, state, ...(state === 'lapsed' ? { reason: 'left, as a person decided' } : {}) };
  return { ...task, outbox: task.outbox.map((entry) => (entry === question ? decided : entry)) };
}


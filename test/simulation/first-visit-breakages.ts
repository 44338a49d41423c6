import { plusMinutes } from '../../functions/group/business-time.ts';
import type { Task } from '../../functions/handoff/task.ts';
import type { FirstServiceVisit } from '../../functions/handoffs/first-service/task.ts';
import { type DeliberateBreakage, weather, writingTasks } from './breakage.ts';

const tells = ['first visits'] as const;
const isVisit = (task: Task): task is FirstServiceVisit => task.kind === 'first-service-visit';

/** The next letter leaves whatever was booked meanwhile. */
const writingOn = (task: Task, now: string): Task => {
  const { entriesMade = 0, outbox } = task;
  const isBooked = isVisit(task) && task.facts.appointments.some(({ status }) => status === 'booked');
  if (
    !isBooked ||
    outbox.some((entry) => entry.type === 'email' && entry.message === 'first-service-overdue')
  )
    return task;
  const letter = { type: 'email', id: `e${entriesMade + 1}`, state: 'sending', to: 'customer' } as const;
  const lease = { id: 'of nobody', until: plusMinutes(now, 5) };
  const leaving = { ...letter, message: 'first-service-overdue', owedAt: now, attempts: 1, lease };
  return { ...task, entriesMade: entriesMade + 1, outbox: [...outbox, leaving] };
};

const withoutDayBefore = (task: Task): Task => {
  const { 'day-before': _never, ...deadlines } = task.deadlines;
  return isVisit(task) ? { ...task, deadlines } : task;
};

/** A reminder keeps the time for which it was written. */
const keepingReminders = (task: Task): Task =>
  isVisit(task)
    ? {
        ...task,
        outbox: task.outbox.map((entry) =>
          entry.type === 'email' && ['visit-tomorrow', 'first-service-tomorrow'].includes(entry.message)
            ? { ...entry, ...(entry.state === 'sending' ? { lapsesAt: '2026-01-01T00:00:00.000Z' } : {}) }
            : entry,
        ),
      }
    : task;

const unheard = (task: Task): Task => ({
  ...task,
  outbox: task.outbox.filter((entry) => entry.type !== 'email' || entry.message !== 'time-wanted'),
});

export const firstVisitBreakages: readonly DeliberateBreakage[] = [
  {
    name: 'who has booked is asked to book',
    says: /asks somebody to book/,
    weather: weather('slow call'),
    breakage: { tells, services: writingTasks(writingOn) },
  },
  {
    name: 'nobody is reminded the day before',
    says: /nobody was reminded of the visit/,
    firstSeed: 45,
    weather: weather('event comes twice'),
    breakage: { tells, services: writingTasks(withoutDayBefore) },
  },
  {
    name: 'a reminder leaves for a time that does not stand',
    says: /reminds of a time that does not stand/,
    weather: weather('slow call'),
    breakage: { tells, services: writingTasks(keepingReminders) },
  },
  {
    name: 'a customer asks for another time, and nobody hears of it',
    says: /asked for another time, and nobody was told/,
    weather: weather('slow call'),
    breakage: { tells, services: writingTasks(unheard) },
  },
];

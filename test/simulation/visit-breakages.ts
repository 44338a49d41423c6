import type { OutboxEntry } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import type { RepairOptions } from '../../functions/handoffs/repair-options/task.ts';
import { type DeliberateBreakage, weather, writingTasks } from './breakage.ts';
import type { Clients } from './cloud.ts';

const isOrder = (task: Task): task is RepairOptions => task.kind === 'repair-options';

const tells = ['visits'] as const;

/** What is quoted on a visit that was asked about asks once more. */
const askingAgain = (task: Task): Task =>
  isOrder(task) && task.facts.visit
    ? {
        ...task,
        outbox: task.outbox.map((entry) =>
          isSheet(entry) ? { ...entry, message: 'visit-question' } : entry,
        ),
      }
    : task;
const isSheet = (entry: OutboxEntry) => entry.type === 'email' && entry.message === 'repair-options-sheet';

/** As if an answer were an answer about the sheet only. */
const deafToNo = (task: Task): Task =>
  isOrder(task) && task.advisorSays === 'never' ? { ...task, ...{ salesAskedBy: 'silence' } } : task;

const endless = (task: Task): Task =>
  task.kind === 'repair-options' && task.ended?.by === 'dms'
    ? { ...task, state: 'open', ended: undefined, deadlines: {} }
    : task;

/** Whatever car and day an answer is about, it says that it is about this car and today. */
const believing = ({ fetch, ...clients }: Clients): Clients => ({
  ...clients,
  fetch: async (url, init) => {
    const response = await fetch(url, init);
    const said: unknown = await response.json().catch(() => undefined);
    const vin = url.searchParams.get('vin');
    return Response.json(vin === null ? said : { ...Object(said), vin, asOf: '2026-11-20' }, response);
  },
});

export const visitBreakages: readonly DeliberateBreakage[] = [
  {
    name: 'a service about cars that hangs is waited for',
    says: /waits for a service about cars/,
    weather: weather('a service about cars hangs'),
    breakage: {
      tells,
      clients: (clients) => ({ ...clients, timeLimit: () => new AbortController().signal }),
    },
  },
  {
    name: 'what a service says of another car, or of years ago, is believed',
    says: /counts with a value that is none/,
    weather: weather('a service about cars lies'),
    breakage: { tells, clients: believing },
  },
  {
    name: 'what is quoted on a visit that was asked about asks again',
    says: /asked twice about the visit/,
    weather: weather('slow call'),
    breakage: { tells, services: writingTasks(askingAgain) },
  },
  {
    name: 'a visit that was silent is decided anew when the archive is replayed',
    says: /what was replayed/,
    weather: weather('event comes late'),
    breakage: {
      tells,
      services: (services) => ({
        ...services,
        decisions: {
          keep: (decision) => services.decisions.keep(decision),
          keepUnlessSilent: async (decision) => {
            await services.decisions.keep(decision);
            return true;
          },
        },
      }),
    },
  },
  {
    name: 'whoever comes for the first time is taken for a customer of years',
    says: /nothing is known of the customer/,
    firstSeed: 29,
    weather: weather('slow call'),
    breakage: {
      tells,
      services: (services) => ({
        ...services,
        group: {
          ...services.group,
          nudge: { ...services.group.nudge, longTermMonths: 0, longTermVisits: 0 },
        },
      }),
    },
  },
  {
    name: 'the advisor says never, and Sales is asked all the same',
    says: /said never, and Sales is asked/,
    weather: weather('slow call'),
    breakage: { tells, services: writingTasks(deafToNo) },
  },
  {
    name: 'an order that is over leaves its question open',
    says: /its question is open/,
    firstSeed: 8,
    weather: weather('slow call'),
    breakage: { tells, services: writingTasks(endless) },
  },
];

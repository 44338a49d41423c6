import type { Task } from '../../functions/handoff/task.ts';
import type { UpgradeConversation } from '../../functions/handoffs/upgrade-conversation/task.ts';
import { type DeliberateBreakage, weather, writingTasks } from './breakage.ts';

const isTalk = (task: Task): task is UpgradeConversation => task.kind === 'upgrade-conversation';

/** A lead leaves with the nudge, whoever found the customer. */
const leadingAll = (task: Task, now: string): Task => {
  const { entriesMade = 0, outbox } = task;
  const isNudged =
    isTalk(task) && outbox.some((entry) => entry.type === 'email' && entry.message === 'upgrade-nudge');
  if (!isNudged || outbox.some((entry) => entry.type === 'email' && entry.to === 'crm')) return task;
  const lead = {
    type: 'email',
    id: `e${entriesMade + 1}`,
    state: 'owed',
    message: 'crm-lead',
    to: 'crm',
  } as const;
  return {
    ...task,
    entriesMade: entriesMade + 1,
    outbox: [...outbox, { ...lead, owedAt: now, attempts: 0 }],
  };
};

const unanswered = (task: Task): Task =>
  isTalk(task) ? { ...task, ...{ facts: { ...task.facts, crm: undefined } } } : task;

const goingOn = (task: Task): Task =>
  isTalk(task) && task.ended?.by === 'crm'
    ? { ...task, state: 'accepted', ended: undefined, deadlines: {} }
    : task;

export const leadBreakages: readonly DeliberateBreakage[] = [
  {
    name: 'the CRM gets a lead of everybody whom the rule finds',
    says: /whom only the rule has found/,
    weather: weather('slow call'),
    breakage: { tells: ['visits', 'leads'], services: writingTasks(leadingAll) },
  },
  {
    name: 'the CRM gets a lead of who closed every channel',
    says: /who said no to every channel|not asked about/,
    weather: weather('slow call'),
    breakage: {
      tells: ['leads'],
      services: ({ contacts, ...services }) => ({
        ...services,
        contacts: {
          read: async (reached) => ({ ...(await contacts.read(reached)), optOuts: [], refused: [] }),
          change: (...change) => contacts.change(...change),
        },
      }),
    },
  },
  {
    name: 'what the CRM says of its lead is forgotten',
    says: /nothing came of crm-lead-updated/,
    weather: weather('slow call'),
    breakage: { tells: ['leads'], services: writingTasks(unanswered) },
  },
  {
    name: 'a lead that the CRM closed leaves its conversation open',
    says: /the CRM closed the lead/,
    weather: weather('slow call'),
    breakage: { tells: ['leads'], services: writingTasks(goingOn) },
  },
  {
    name: 'whoever notes a wish begins another conversation about it',
    says: /two conversations about it are open/,
    firstSeed: 26,
    weather: weather('slow call'),
    breakage: {
      tells: ['leads'],
      events: (event) => {
        const { customer, ...detail } = Object(event.detail);
        return event['detail-type'] === 'customer-asked-about-car'
          ? { ...event, detail: { ...detail, customer: { ...customer, customerNumber: event.id } } }
          : event;
      },
    },
  },
];

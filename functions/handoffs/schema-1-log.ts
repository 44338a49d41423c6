import * as z from 'zod';
import { reasonIn } from './schema-1-emails.ts';

/** Upgrades the log of an item of schema 1. */

export const storedLogEntry = z.object({
  at: z.string(),
  by: z.string(),
  what: z.string(),
  detail: z.string().optional(),
  eventId: z.string().optional(),
});
export type StoredLogEntry = z.infer<typeof storedLogEntry>;

/** The parts of a task from which the fields below are derived. */
interface StoredTask {
  readonly log: readonly StoredLogEntry[];
  readonly state: string;
  readonly assignee?: { readonly employeeNumber: string } | undefined;
}

/** The cap that a sentence names. */
export function capIn(why: string): string {
  if (why.startsWith('the car ')) return 'vehicle';
  if (why.startsWith('the household ')) return 'household';
  if (why.startsWith("the person's nudges")) return 'person';
  return why.startsWith('the person has more nudges') ? 'days-ahead' : 'customer';
}

/** Fields that those releases did not store, because their decisions read the data from the log. */
export function fieldsFromLog({ log, assignee, state }: StoredTask): object {
  const holders = log.flatMap(({ what, detail = '' }) =>
    what === 'assigned' ? [detail.split(': ')[0] ?? ''] : [],
  );
  const heldBy = [...new Set(holders)].filter((number) => number !== assignee?.employeeNumber);
  const last = (what: string) => log.findLast((entry) => entry.what === what)?.at;
  const limits = ['accept-reminder', 'accept-escalation', 'complete-reminder', 'complete-escalation'];
  const passed = limits.flatMap((name) => {
    const at = last(name);
    return at === undefined ? [] : [[name, at] as const];
  });
  const [acceptedAt, releasedAt] = [last('accept'), last('release')];
  const requests = log.filter(({ what }) => what === 'fresh link').map(({ by, at }) => ({ by, at }));
  return {
    ...(heldBy.length > 0 ? { heldBy } : {}),
    ...(passed.length > 0 ? { passed: Object.fromEntries(passed) } : {}),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(releasedAt === undefined ? {} : { releasedAt }),
    said: log.filter(isAnswer).map(answerIn),
    ...(requests.length > 0 ? { linkRequests: requests } : {}),
    ...(state === 'waiting' ? snoozedIn(log) : {}),
  };
}

function snoozedIn(log: readonly StoredLogEntry[]): object {
  const last = log.findLast(({ what }) => what === 'early fact' || what === 'snooze');
  return last?.what === 'snooze' ? { snoozed: { by: last.by, at: last.at } } : {};
}

const choiceNames: ReadonlySet<string> = new Set([
  'introduced-in-person',
  'introduced-by-video',
  'not-yet',
  'visit-booked',
  'first-visit-booked',
  'customer-declined',
  'good-time',
  'not-a-good-time',
  'never-for-this-customer',
  'open-to-looking',
  'repair-it',
  'not-now',
  'may-be-asked',
  'contacted',
  'appointment-set',
  'sold',
  'not-ready',
  'wrong-car',
  'already-bought',
  'customer-email',
  'send-again',
  'leave-it',
  'hand-over',
  'decline',
  'note',
]);

/** `accept` and `snooze` were logged twice: as the step, without a detail, and again as the choice. */
const isChoice = ({ what }: StoredLogEntry): boolean => choiceNames.has(what);
const isAnswer = (entry: StoredLogEntry): boolean => isChoice(entry) || entry.what === 'undone';
const answerIn = ({ by, at, what, detail }: StoredLogEntry) =>
  what === 'undone'
    ? { by, at, choice: 'undo' }
    : { by, at, choice: what, ...(detail === undefined ? {} : { value: detail }) };

const triggers: ReadonlySet<string> = new Set([
  'opening fact',
  'early fact',
  'old fact',
  'release',
  'cap',
  'asked anew',
  'snooze',
  'accept',
  'route on',
  'outcome',
  'closing fact',
  'given up',
  'sold again',
]);
const endings: ReadonlySet<string> = new Set(['outcome', 'closing fact', 'given up']);
const reports: ReadonlySet<string> = new Set([
  'Send',
  'Delivery',
  'DeliveryDelay',
  'Bounce',
  'Complaint',
  'Reject',
]);

/** `kind` decides which sentences the log can have. */
export function upgradedLogEntry({ what, detail, ...logged }: StoredLogEntry, kind: string): object {
  if (endings.has(what)) return { ...logged, what: 'step', trigger: what, outcome: detail };
  if (triggers.has(what)) {
    const own = ownNote(kind, detail);
    return { ...logged, what: 'step', trigger: what, ...(own ? { own } : {}) };
  }
  if (choiceNames.has(what)) {
    return { ...logged, what: 'choice', choice: what, ...(detail === undefined ? {} : { value: detail }) };
  }
  if (what === 'assigned') {
    const [employeeNumber = '', reason = 'fair choice'] = (detail ?? '').split(': ');
    return { ...logged, what, employeeNumber, reason };
  }
  if (what === 'moved') return { ...logged, what, why: { code: 'earlier-release', text: detail ?? '' } };
  if (what === 'undone') return { ...logged, what, choice: detail ?? '' };
  if (what === 'fresh link') return { ...logged, what };
  if (reports.has(what)) return { ...logged, what: 'email report', report: what, entry: detail ?? '' };
  if (what.startsWith('not sent: ')) {
    const message = what.slice('not sent: '.length);
    return { ...logged, what: 'email not sent', message, reason: reasonIn(detail ?? '') };
  }
  if (what === 'no email address of the customer') return { ...logged, what: 'no address' };
  if (/^(?:accept|complete)-(?:reminder|escalation)$/.test(what)) {
    return { ...logged, what: 'deadline', deadline: what };
  }
  const own = ownNote(kind, what, detail);
  if (own) return { ...logged, what: 'fact', own };
  return { ...logged, what: 'earlier release', text: what, ...(detail === undefined ? {} : { detail }) };
}

/** The sentences of each kind's log. */
const ownNotes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'service-introduction': {
    'the store is off': 'store-off',
    'sold too long ago': 'sold-too-long-ago',
    'not a retail sale': 'not-a-retail-sale',
    'sale corrected': 'sale-corrected',
    'deal unwound': 'deal-unwound',
    'first service raised': 'first-service-raised',
  },
  'first-service-visit': {
    'the store is off': 'store-off',
    'due too long ago': 'due-too-long-ago',
    'the customer has been here': 'already-visited',
    visited: 'visited',
    booked: 'booked',
    'booked early': 'booked-early',
    'due date corrected': 'due-date-corrected',
    'deal unwound': 'deal-unwound',
  },
  'repair-options': {
    'the store is off': 'store-off',
    'the order was closed already': 'order-closed-already',
    'quoted too long ago': 'quoted-too-long-ago',
    'quote changed': 'quote-changed',
    'order voided': 'order-voided',
    'order closed': 'order-closed',
  },
  'upgrade-conversation': { 'the car left': 'car-left', 'quote changed': 'quote-changed' },
};

function ownNote(kind: string, text: string | undefined, detail?: string): object | undefined {
  if (text === undefined) return undefined;
  const code = ownNotes[kind]?.[text];
  if (code !== undefined) return { code };
  const [, when, date] = /^(delivery|invitation) on (\d{4}-\d\d-\d\d)$/.exec(text) ?? [];
  if (when !== undefined) return { code: `${when}-on`, date };
  const [, status] = /^appointment (booked|cancelled|no-show)$/.exec(text) ?? [];
  if (status !== undefined) return { code: 'appointment', status, appointmentNumber: detail ?? '' };
  return kind === 'upgrade-conversation' && /^the (?:customer|car|household|person)/.test(text)
    ? { code: 'over-cap', cap: capIn(text) }
    : undefined;
}

import { localDate } from '../group/business-time.ts';
import { findManager } from '../people/routing.ts';
import { departmentOf, startClock } from './deadlines.ts';
import { askAboutUnsent } from './delivery-questions.ts';
import { assign, type Context, log, oweEmail } from './draft.ts';
import { emailRecords } from './item-bounds.ts';
import { move } from './lifecycle.ts';
import { isEmail } from './outbox.ts';
import type { EmailEntry } from './outbox-entry.ts';
import { isOpen, type Task } from './task.ts';

/** What SES reports of an email that carried our tags, in the words of SES's own events. */
export type Report = 'Send' | 'Delivery' | 'DeliveryDelay' | 'Bounce' | 'Complaint' | 'Reject';

/**
 * What a report says of one entry. It comes late, twice, out of order or never; the task given back is the same one
 * where it says nothing new, so that evidence is written only when it changes something.
 */
export function applyReport(
  task: Task,
  report: { readonly entryId: string; readonly is: Report; readonly messageId?: string | undefined },
  context: Context,
): Task {
  const entry = task.outbox.filter(isEmail).find(({ id }) => id === report.entryId);
  if (!entry) return applyToLine(task, report);
  const next = entryAfter(entry, report, context.now);
  if (next === entry) return task;
  const recorded = log(
    { ...task, outbox: task.outbox.map((one) => (one === entry ? next : one)) },
    context.now,
    'ses',
    report.is,
    entry.id,
  );
  const asked = askAboutUnsent(recorded, context);
  return next.reported === 'bounced' && entry.to !== 'customer'
    ? passToManager(asked, entry.to.staff, context)
    : asked;
}

/** Of an email that left the outbox only a line remains: a report of the last one it stands for is noted there. */
function applyToLine(task: Task, { entryId, is }: { readonly entryId: string; readonly is: Report }): Task {
  const reported = is === 'Bounce' ? 'bounced' : is === 'Complaint' ? 'complained' : undefined;
  const line = task.settled?.find(({ id }) => id === entryId);
  if (!line || reported === undefined || line.reported === reported) return task;
  return { ...task, settled: task.settled?.map((one) => (one === line ? { ...one, reported } : one)) };
}

/** What a report makes of one entry, whosever it is; the same entry where it says nothing new. */
export function entryAfter(
  entry: EmailEntry,
  { is, messageId }: { is: Report; messageId?: string | undefined },
  now: string,
): EmailEntry {
  if (is === 'Reject') {
    if (entry.reported === 'rejected') return entry;
    return { ...without(entry), state: 'given-up', reported: 'rejected', reason: 'SES rejected it' };
  }
  const accepted = wasAccepted(entry) ? entry : accept(entry, messageId, now);
  if (is === 'Bounce' && accepted.reported !== 'bounced') return { ...accepted, reported: 'bounced' };
  if (is === 'Complaint' && accepted.reported !== 'complained')
    return { ...accepted, reported: 'complained' };
  return accepted;
}

const wasAccepted = (entry: EmailEntry) => entry.state === 'sent' || entry.reported === 'rejected';

/** Whatever we thought, SES has it: it is sent, and no longer owed, asked or unknown. */
function accept(entry: EmailEntry, messageId: string | undefined, now: string): EmailEntry {
  return {
    ...without(entry),
    state: 'sent',
    sentAt: now,
    ...(messageId === undefined ? {} : { messageId }),
  };
}

function without(entry: EmailEntry): EmailEntry {
  const {
    lease: _lease,
    unknownSince: _since,
    notBefore: _until,
    dueSince: _due,
    reason: _reason,
    ...rest
  } = entry;
  return rest;
}

/** Two managers with dead mailboxes would hand it to each other for ever: it never comes back to such a box. */
const whoseMailBounced = (task: Task): string[] =>
  emailRecords(task).flatMap(({ to, reported }) =>
    to !== 'customer' && reported === 'bounced' ? [to.staff] : [],
  );

/** Mail to the named person bounces: the manager has the task, once, and is told why. No mail follows to the dead box. */
function passToManager(task: Task, staff: string, context: Context): Task {
  if (!isOpen(task) || task.assignee?.employeeNumber !== staff) return task;
  const manager = findManager({
    department: departmentOf(task),
    roster: context.roster,
    on: localDate(context.store.timeZone, context.now),
    not: [staff, ...whoseMailBounced(task)],
  });
  if (!manager) return task;
  const moved = move(task, 'route on');
  const routed = { employeeNumber: manager.employeeNumber, reason: 'manager' } as const;
  const assigned = startClock(assign(moved, routed, context.now), 'accept', context);
  return oweEmail(assigned, context.now, {
    message: 'escalation',
    to: { staff: manager.employeeNumber },
    note: {
      late: 'accept',
      why: 'Email to the person who had this bounces: please take it or hand it over.',
    },
    again: true,
  });
}

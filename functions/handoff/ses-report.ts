import { findManager } from '../people/routing.ts';
import type { Context } from './context.ts';
import { startDeadline } from './deadlines.ts';
import { askAboutUnsent } from './delivery-questions.ts';
import { emailRecords } from './item-bounds.ts';
import { move } from './lifecycle.ts';
import { isEmail } from './outbox.ts';
import type { EmailEntry } from './outbox-entry.ts';
import { queueEmail } from './queue.ts';
import { isOpen, type SesReport, type Task } from './task.ts';
import { assign, log } from './task-changes.ts';
import type { KindTraits } from './traits.ts';

interface Report {
  readonly entryId: string;
  readonly is: SesReport;
  readonly messageId?: string | undefined;
}

/**
 * Applies an SES event to its email. Reports arrive late, twice, out of order or never; the same task is returned when
 * a report changes nothing.
 */
export function applyReport(task: Task, report: Report, kind: KindTraits, context: Context): Task {
  const entry = task.outbox.filter(isEmail).find(({ id }) => id === report.entryId);
  if (!entry) return applyToLine(task, report);
  const next = entryAfter(entry, report, context.now);
  if (next === entry) return task;
  const recorded = log(
    { ...task, outbox: task.outbox.map((current) => (current === entry ? next : current)) },
    { what: 'email report', at: context.now, by: 'ses', report: report.is, entry: entry.id },
  );
  const asked = askAboutUnsent(recorded, kind, context);
  return next.reported === 'bounced' && entry.to !== 'customer'
    ? passToManager(asked, entry.to.staff, kind, context)
    : asked;
}

/** Records a report on the line that replaced removed emails, if it concerns the newest of them. */
function applyToLine(task: Task, { entryId, is }: Report): Task {
  const reported = is === 'Bounce' ? 'bounced' : is === 'Complaint' ? 'complained' : undefined;
  const line = task.settled?.find(({ id }) => id === entryId);
  if (!line || reported === undefined || line.reported === reported) return task;
  return {
    ...task,
    settled: task.settled?.map((current) => (current === line ? { ...line, reported } : current)),
  };
}

/** Applies a report to one entry; returns the same entry when nothing changes. */
export function entryAfter(
  entry: EmailEntry,
  { is, messageId }: Omit<Report, 'entryId'>,
  now: string,
): EmailEntry {
  if (is === 'Reject') {
    if (entry.reported === 'rejected') return entry;
    return {
      ...settled(entry),
      state: 'given-up',
      reported: 'rejected',
      reason: { code: 'rejected-by-ses' },
    };
  }
  const accepted = wasAccepted(entry) ? entry : accept(entry, messageId, now);
  if (is === 'Bounce' && accepted.reported !== 'bounced') return { ...accepted, reported: 'bounced' };
  if (is === 'Complaint' && accepted.reported !== 'complained')
    return { ...accepted, reported: 'complained' };
  return accepted;
}

const wasAccepted = (entry: EmailEntry) => entry.state === 'sent' || entry.reported === 'rejected';

/** SES has accepted it, so it is sent, even if it was recorded as owed, asked or unknown. */
function accept(entry: EmailEntry, messageId: string | undefined, now: string): EmailEntry {
  return {
    ...settled(entry),
    state: 'sent',
    sentAt: now,
    ...(messageId === undefined ? {} : { messageId }),
  };
}

function settled(entry: EmailEntry): EmailEntry {
  const {
    lease: _lease,
    unknownSince: _since,
    notBefore: _until,
    dueSince: _due,
    refusedSince: _refused,
    reason: _reason,
    ...unleased
  } = entry;
  return unleased;
}

/** Excluded from routing, or two managers with dead mailboxes would pass a task back and forth forever. */
const staffWithBouncedMail = (task: Task): string[] =>
  emailRecords(task).flatMap(({ to, reported }) =>
    to !== 'customer' && reported === 'bounced' ? [to.staff] : [],
  );

/** Moves the task to the manager, once and with the reason, when mail to the assignee bounces. */
function passToManager(task: Task, staff: string, kind: KindTraits, context: Context): Task {
  if (!isOpen(task) || task.assignee?.employeeNumber !== staff) return task;
  const manager = findManager({
    department: kind.department,
    roster: context.roster,
    on: context.today,
    not: [staff, ...staffWithBouncedMail(task)],
  });
  if (!manager) return task;
  const routed = { employeeNumber: manager.employeeNumber, reason: 'manager' } as const;
  const assigned = assign(move(task, 'route on'), routed, context.now);
  return queueEmail(startDeadline(assigned, 'accept', kind, context), context.now, {
    message: 'escalation',
    to: { staff: manager.employeeNumber },
    note: { code: 'mailbox-bounced', deadline: 'accept' },
    again: true,
  });
}

import { findManager } from '../people/routing.ts';
import type { Context } from './context.ts';
import { addressOf } from './customer-address.ts';
import { startDeadline } from './deadlines.ts';
import { askAboutUnsent } from './delivery-questions.ts';
import { addressKey, cameBack, isDeadMailbox, isTo } from './delivery-reports.ts';
import { emailRecords } from './item-bounds.ts';
import type { Kind } from './kind.ts';
import { move } from './lifecycle.ts';
import { isEmail, isToCustomer } from './outbox.ts';
import { type EmailEntry, isStaff } from './outbox-entry.ts';
import { queueEmail } from './queue.ts';
import { isOpen, type SesReport, type Task } from './task.ts';
import { assign, log } from './task-changes.ts';
import type { KindTraits } from './traits.ts';

/** How SES gave up: permanently, because it suppresses the address, or for this email only. */
export type Bounced = 'bounced' | 'suppressed' | 'undelivered';

interface Report {
  readonly entryId: string;
  readonly is: SesReport;
  /** For a bounce. */
  readonly how?: Bounced | undefined;
  readonly messageId?: string | undefined;
  /** The address that the report is about. */
  readonly address?: string | undefined;
}

/**
 * Applies an SES event to its email. Reports arrive late, twice, out of order or never; the same task is returned when
 * a report changes nothing.
 */
export function applyReport(task: Task, report: Report, kind: Kind, context: Context): Task {
  const entry = task.outbox.filter(isEmail).find(({ id }) => id === report.entryId);
  if (!entry) return applyToLine(task, report);
  const next = entryAfter(entry, report, context.now);
  if (next === entry) return task;
  const recorded = log(
    { ...task, outbox: task.outbox.map((current) => (current === entry ? next : current)) },
    { what: 'email report', at: context.now, by: 'ses', report: report.is, entry: entry.id },
  );
  // Only a letter that bounced calls for another one: a colleague's dead mailbox says nothing about the customer's.
  const isReturned = isToCustomer(next) && cameBack(next) && !cameBack(entry);
  const written = isReturned ? writeToCorrected(recorded, kind, context) : recorded;
  const asked = askAboutUnsent(written, kind, context);
  return isDeadMailbox(next) && isStaff(entry.to)
    ? passToManager(asked, entry.to.staff, kind, context)
    : asked;
}

/**
 * An email that bounced from an address corrected in the meantime is sent once to the right address, as if the bounce had come
 * before the correction.
 */
function writeToCorrected(task: Task, kind: Kind, context: Context): Task {
  const address = addressOf(task, kind.customerOf(task));
  const message = kind.messageToCustomer(task, context);
  if (address === undefined || message === undefined || task.state === 'cancelled') return task;
  const letters = task.outbox.filter(isToCustomer);
  const isOnItsWay = letters.some(
    (entry) => !isSettled(entry) || (entry.state === 'sent' && isTo(entry, address) && !cameBack(entry)),
  );
  const wereElsewhere = letters.every((entry) => !cameBack(entry) || !isTo(entry, address));
  return isOnItsWay || !wereElsewhere
    ? task
    : queueEmail(task, context.now, { message, to: 'customer', again: true });
}

/** An unsettled email still waits to be sent, to the address at that time, or for a decision. */
const isSettled = ({ state }: EmailEntry) => ['sent', 'given-up', 'withheld', 'lapsed'].includes(state);

/** Records a report on the line that replaced removed emails, if it concerns the newest of them. */
function applyToLine(task: Task, { entryId, is, how = 'bounced' }: Report): Task {
  const reported = is === 'Bounce' ? how : is === 'Complaint' ? 'complained' : undefined;
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
  { is, how = 'bounced', messageId, address }: Omit<Report, 'entryId'>,
  now: string,
): EmailEntry {
  if (is === 'Reject') {
    if (entry.reported === 'rejected') return entry;
    // It was no longer supposed to arrive, so nobody has to be notified or to send it another way.
    if (entry.state === 'lapsed') return withReport(entry, 'rejected');
    return {
      ...settled(entry),
      state: 'given-up',
      reported: 'rejected',
      reason: { code: 'rejected-by-ses' },
    };
  }
  const accepted = wasAccepted(entry) ? entry : accept(entry, messageId, now);
  if (is === 'Complaint') return withReport(accepted, 'complained');
  // For customers only: staff mailboxes send out-of-office replies every day, which say nothing about delivery.
  if (is === 'Delivery' && entry.to === 'customer' && accepted.reported === undefined) {
    return { ...accepted, reported: 'delivered' };
  }
  if (is !== 'Bounce' || (how === 'undelivered' && accepted.reported !== undefined)) return accepted;
  const bounced = withReport(accepted, how);
  return bounced === accepted || entry.to !== 'customer' || address === undefined
    ? bounced
    : { ...bounced, sentTo: addressKey(address) };
}

const withReport = (entry: EmailEntry, reported: NonNullable<EmailEntry['reported']>): EmailEntry =>
  entry.reported === reported ? entry : { ...entry, reported };

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
    isStaff(to) && isDeadMailbox({ reported }) ? [to.staff] : [],
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

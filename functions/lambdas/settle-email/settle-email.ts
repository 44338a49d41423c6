import * as z from 'zod';
import { emailPlaces, type Reached, reachedBy } from '../../customers/contact-places.ts';
import { withBounce, withNoToAllOfGroup } from '../../customers/opt-outs.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { isEmail } from '../../handoff/outbox.ts';
import { isStaff, type Recipient } from '../../handoff/outbox-entry.ts';
import { numberOf } from '../../handoff/queue.ts';
import { applyReport, type Bounced, entryAfter } from '../../handoff/ses-report.ts';
import { type SesReport, sesReports, type Task } from '../../handoff/task.ts';
import { kindOf, reachedOf } from '../../handoffs/kinds.ts';
import { emailFactsOf } from '../../ledger/facts-of-task.ts';
import { contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { type KeepingServices, keepFacts } from '../../outbox/keep-facts.ts';
import { personNamed } from '../../people/across-stores.ts';
import type { StaffAddresses } from '../../ports.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { settleLetter } from './settle-letter.ts';

/** The detail of an SES event about an email with our tags. */
export const sesEvent = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({
    messageId: z.string(),
    destination: z.array(z.string()).default([]),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  bounce: z.looseObject({ bounceType: z.string(), bounceSubType: z.string().optional() }).optional(),
  complaint: z.looseObject({ complaintFeedbackType: z.string().nullish() }).optional(),
});
export type SesEvent = z.infer<typeof sesEvent>;

export interface SettlingServices extends Services, KeepingServices {
  readonly staffAddresses: StaffAddresses;
}

const knownReport = z.enum(sesReports);

/**
 * Applies an SES event: it settles a send whose outcome was unknown, and stops mail to addresses that bounce or
 * complain.
 */
export async function settleEmail(services: SettlingServices, event: SesEvent): Promise<string> {
  const { data: is } = knownReport.safeParse(event.eventType);
  const [taskId] = event.mail.tags['task'] ?? [];
  const [entryId] = event.mail.tags['entry'] ?? [];
  if (is === undefined || taskId === undefined || entryId === undefined) return 'not-ours';
  // The customer moved the email out of the spam folder: the opposite of a complaint.
  if (is === 'Complaint' && event.complaint?.complaintFeedbackType === 'not-spam') return 'not-spam';
  const how = is === 'Bounce' ? howBounced(event.bounce) : undefined;
  const known = await services.tasks.read(taskId);
  if (!known) return settleOther(services, event, { id: taskId, entryId, is, how });
  if (!wasQueued(known, entryId)) return UNKNOWN;
  const record = emailRecords(known).find(({ id }) => id === entryId);
  const recipient = record?.to;
  if (how === 'undelivered' && recipient !== 'customer' && mayBeAnAnswer(event.bounce))
    return 'bounced-for-now';
  // A report about a CRM's lead mailbox says nothing about an address of the customer.
  const isOfPerson = recipient !== 'crm';
  const report = { entryId, is, how };
  if (isOfPerson && isLasting(report)) {
    await remember(services, known, recipient, report.is, event.mail.destination);
  }
  const { messageId, destination } = event.mail;
  const { task, outcome } = await settleTask(services, known, {
    ...{ entryId, is, how, messageId, address: destination[0] },
  });
  if (recipient === 'customer') await keepWhatBecame(services, task);
  return outcome;
}

/**
 * Stores the outcome of an email to the customer here, because a report publishes no event. This comes after the
 * handoff is written, and again for a repeated report: the first attempt may have stopped in between.
 */
async function keepWhatBecame(services: SettlingServices, task: Task): Promise<void> {
  const facts = emailFactsOf(task, kindOf(task));
  await keepFacts(
    services,
    facts.map((fact) => ({ fact, taskId: task.taskId })),
  );
}

/** A full mailbox or an unreachable server does not mean that the address is wrong. */
function howBounced(bounce: SesEvent['bounce']): Bounced {
  if (bounce?.bounceType !== 'Permanent') return 'undelivered';
  return SUPPRESSED.includes(bounce.bounceSubType ?? '') ? 'suppressed' : 'bounced';
}

/** Bounce types of an address on the suppression list of the account or of SES. */
const SUPPRESSED: readonly string[] = ['OnAccountSuppressionList', 'Suppressed'];

/**
 * Whether the bounce may be an out-of-office answer, which SES reports in the same way. For staff it is then unknown
 * whether the email was delivered.
 */
const mayBeAnAnswer = (bounce: SesEvent['bounce']): boolean =>
  bounce?.bounceType !== 'Transient' || (bounce.bounceSubType ?? 'General') === 'General';

/**
 * Entries are numbered without gaps, so the number identifies an email of this task even after its entry was removed.
 */
const wasQueued = ({ entriesMade }: Task, entryId: string) =>
  /^e[1-9]\d*$/.test(entryId) && numberOf(entryId) <= entriesMade;

/** Applies a report about an email that belongs to no handoff. Tries staff's own emails first, because there are many. */
async function settleOther(
  services: SettlingServices,
  event: SesEvent,
  report: Report & { readonly id: string },
): Promise<string> {
  const isForNow = report.how === 'undelivered';
  const own = isForNow ? UNKNOWN : await settleOwn(services, event, report);
  if (own !== UNKNOWN) return own;
  const letter = await services.tasks.readLetter(report.id);
  if (!letter?.outbox.some(({ id }) => id === report.entryId)) return isForNow ? 'bounced-for-now' : UNKNOWN;
  const reached = reachedBy(letter.storeId, letter.customer);
  if (isLasting(report)) await rememberCustomer(services, reached, report.is, event.mail.destination);
  const { messageId, destination } = event.mail;
  return settleLetter(services, letter, { ...report, messageId, address: destination[0] });
}

const UNKNOWN = 'unknown-task';

interface Report {
  readonly entryId: string;
  readonly is: SesReport;
  readonly how: Bounced | undefined;
}

/** Whether the report settles the address for good. */
const isLasting = (report: Report): report is Report & { readonly is: 'Bounce' | 'Complaint' } =>
  (report.is === 'Bounce' || report.is === 'Complaint') && report.how !== 'undelivered';

const settleTask = (
  services: SettlingServices,
  known: Task,
  report: Parameters<typeof applyReport>[1],
): Promise<{ readonly task: Task; readonly outcome: string }> =>
  untilWritten(`Task ${known.taskId}`, async () => {
    const task = await services.tasks.read(known.taskId);
    if (!task) return { task: known, outcome: UNKNOWN };
    const context = await contextOfTask(services, task);
    const next = applyReport(task, report, kindOf(task), context);
    if (next === task) return { task, outcome: 'nothing-new' };
    const isWritten = await writeAndDeliver(services, next, context);
    return isWritten ? { task: next, outcome: `recorded: ${report.is}` } : CONFLICT;
  });

/**
 * Applies a report about a personal email or a weekly report. If the email is queued again, the sweep sends it: only
 * the sweep may look up open tasks.
 */
const settleOwn = (
  services: SettlingServices,
  event: SesEvent,
  { id, entryId, is }: { readonly id: string; readonly entryId: string; readonly is: SesReport },
): Promise<string> =>
  untilWritten(`The item ${id}`, async () => {
    const now = services.clock.now();
    const { tasks } = services;
    const item = (await tasks.readDay(id)) ?? (await tasks.readReport(id));
    const entry = item?.outbox.filter(isEmail).find((one) => one.id === entryId);
    if (!item || !entry) return UNKNOWN;
    if (is === 'Bounce' && item.storeId !== undefined && isStaff(entry.to)) {
      const person = { storeId: item.storeId, employeeNumber: entry.to.staff };
      await flagStaff(services, person, event.mail.destination);
    }
    const next = entryAfter(entry, { is, messageId: event.mail.messageId }, now);
    if (next === entry) return 'nothing-new';
    const outbox = item.outbox.map((current) => (current === entry ? next : current));
    return (await tasks.write({ ...item, outbox })) ? `recorded: ${is}` : CONFLICT;
  });

/**
 * Records the address before the task, so that a repeated report finds both done. If the task no longer has the email,
 * the roster shows whether the address belongs to staff; any other is the customer's.
 */
async function remember(
  services: SettlingServices,
  task: Task,
  to: Exclude<Recipient, 'crm'> | undefined,
  is: 'Bounce' | 'Complaint',
  destination: readonly string[],
): Promise<void> {
  const staff = to === undefined ? await staffAt(services, task, destination) : to;
  if (staff !== 'customer') {
    const person = personNamed(task.storeId, staff.staff);
    if (is === 'Bounce') await flagStaff(services, person, destination);
    return;
  }
  await rememberCustomer(services, { storeId: task.storeId, ...reachedOf(task) }, is, destination);
}

async function rememberCustomer(
  { addresses, clock }: SettlingServices,
  reached: Reached,
  is: 'Bounce' | 'Complaint',
  destination: readonly string[],
): Promise<void> {
  const at = clock.now();
  for (const address of destination) {
    const email = address.toLowerCase();
    if (is === 'Bounce') await addresses.change(email, (known) => withBounce(known, at));
    else {
      for (const place of emailPlaces({ ...reached, email })) {
        await addresses.change(place, (known) => withNoToAllOfGroup(known, at));
      }
    }
  }
}

async function staffAt(
  services: SettlingServices,
  task: Task,
  destination: readonly string[],
): Promise<Exclude<Recipient, 'crm'>> {
  const addresses = destination.map((address) => address.toLowerCase());
  const { roster } = await contextOfTask(services, task);
  const person = roster.find(({ email }) => addresses.includes(email.toLowerCase()));
  return person ? { staff: person.employeeNumber } : 'customer';
}

async function flagStaff(
  { staffAddresses, clock }: SettlingServices,
  person: { readonly storeId: string; readonly employeeNumber: string },
  destination: readonly string[],
): Promise<void> {
  for (const address of destination) {
    await staffAddresses.flagBounced({ ...person, address, at: clock.now() });
  }
}

import * as z from 'zod';
import { numberOf } from '../../handoff/draft.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { isEmail } from '../../handoff/outbox.ts';
import type { Recipient } from '../../handoff/outbox-entry.ts';
import type { AddressRecord, StaffAddresses } from '../../handoff/ports.ts';
import { applyReport, entryAfter, type Report } from '../../handoff/ses-report.ts';
import type { Task } from '../../handoff/task.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';

/** The detail of an event that SES publishes of an email with our tags. */
export const sesEvent = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({
    messageId: z.string(),
    destination: z.array(z.string()).default([]),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  bounce: z.looseObject({ bounceType: z.string() }).optional(),
  complaint: z.looseObject({ complaintFeedbackType: z.string().nullish() }).optional(),
});
export type SesEvent = z.infer<typeof sesEvent>;

export interface SettlingServices extends Services {
  readonly staffAddresses: StaffAddresses;
}

const knownReport = z.enum(['Send', 'Delivery', 'DeliveryDelay', 'Bounce', 'Complaint', 'Reject']);
const ATTEMPTS = 20;

/** What SES tells settles what we could not know, and stops mail to addresses that bounce or complain. */
export async function settleEmail(services: SettlingServices, event: SesEvent): Promise<string> {
  const { data: is } = knownReport.safeParse(event.eventType);
  const [taskId] = event.mail.tags['task'] ?? [];
  const [entryId] = event.mail.tags['entry'] ?? [];
  if (is === undefined || taskId === undefined || entryId === undefined) return 'not-ours';
  // The customer took the email out of the spam folder: the opposite of a complaint.
  if (is === 'Complaint' && event.complaint?.complaintFeedbackType === 'not-spam') return 'not-spam';
  // A full mailbox or a server that is down is no word about the address.
  if (is === 'Bounce' && event.bounce?.bounceType !== 'Permanent') return 'bounced-for-now';
  const known = await services.tasks.read(taskId);
  if (!known) return settleDay(services, event, { dayId: taskId, entryId, is });
  if (!wasQueued(known, entryId)) return 'unknown-task';
  if (is === 'Bounce' || is === 'Complaint') {
    const record = emailRecords(known).find(({ id }) => id === entryId);
    await remember(services, known, record?.to, is, event.mail.destination);
  }
  return settleTask(services, known, { entryId, is, messageId: event.mail.messageId });
}

/** Entries are numbered without a gap, so an email of this task is known by its number when its entry is gone. */
const wasQueued = ({ entriesMade }: Task, entryId: string) =>
  /^e[1-9]\d*$/.test(entryId) && numberOf(entryId) <= entriesMade;

async function settleTask(
  services: SettlingServices,
  known: Task,
  report: { entryId: string; is: Report; messageId: string },
): Promise<string> {
  let task: Task | undefined = known;
  for (let attempt = 0; attempt < ATTEMPTS && task; attempt += 1) {
    const context = await contextOf(services, task.storeId);
    const next = applyReport(task, report, context);
    if (next === task) return 'nothing-new';
    if (await writeAndDeliver(services, next, context)) return `recorded: ${report.is}`;
    task = await services.tasks.read(known.taskId);
  }
  throw new Error(`Task ${known.taskId} was written by others ${ATTEMPTS} times in a row`);
}

/** A person's own email. What its report makes owed again is left to the sweep, which may look up what is open. */
async function settleDay(
  services: SettlingServices,
  event: SesEvent,
  report: { readonly dayId: string; readonly entryId: string; readonly is: Report },
): Promise<string> {
  const { dayId, entryId, is } = report;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = services.clock.now();
    const day = await services.tasks.readDay(dayId);
    const entry = day?.outbox.filter(isEmail).find(({ id }) => id === entryId);
    if (!day || !entry) return 'unknown-task';
    const { storeId, employeeNumber } = day;
    if (is === 'Bounce') await flagStaff(services, { storeId, employeeNumber }, event.mail.destination);
    const next = entryAfter(entry, { is, messageId: event.mail.messageId }, now);
    if (next === entry) return 'nothing-new';
    const outbox = day.outbox.map((one) => (one === entry ? next : one));
    if (await services.tasks.write({ ...day, outbox })) return `recorded: ${is}`;
  }
  throw new Error(`The day ${dayId} was written by others ${ATTEMPTS} times in a row`);
}

/**
 * The address is remembered before the task says so: said again, both are found done. Where nothing is left of the
 * email in the task, the roster says whether the address is one of its staff; any other is the customer's.
 */
async function remember(
  services: SettlingServices,
  task: Task,
  to: Recipient | undefined,
  is: 'Bounce' | 'Complaint',
  destination: readonly string[],
): Promise<void> {
  const at = services.clock.now();
  const staff = to === undefined ? await staffAt(services, task.storeId, destination) : to;
  if (staff !== 'customer') {
    const person = { storeId: task.storeId, employeeNumber: staff.staff };
    if (is === 'Bounce') await flagStaff(services, person, destination);
    return;
  }
  for (const address of destination) {
    await services.addresses.change(address.toLowerCase(), (known) =>
      is === 'Bounce' ? bounced(known, at) : complained(known, at),
    );
  }
}

async function staffAt(
  { roster }: SettlingServices,
  storeId: string,
  destination: readonly string[],
): Promise<Recipient> {
  const addresses = destination.map((address) => address.toLowerCase());
  const person = (await roster.read(storeId)).find(({ email }) => addresses.includes(email.toLowerCase()));
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

const bounced = (known: AddressRecord, at: string): AddressRecord =>
  known.bouncedAt === undefined ? { ...known, bouncedAt: at } : known;

/** A complaint is an opt-out of everything, in the whole group. */
function complained(known: AddressRecord, at: string): AddressRecord {
  if (known.optOuts.some((no) => no.kind === 'all' && no.storeId === 'group')) return known;
  return { ...known, optOuts: [...known.optOuts, { kind: 'all', storeId: 'group', at }] };
}

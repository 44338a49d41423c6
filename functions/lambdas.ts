/**
 * The registry of functions; the function of a kind of handoff is declared in the kind's folder. The stack, its rules, what
 * a DMS may send, the bundles, the handler types and the tests are derived from it. A handler imports only its types, so
 * no bundle contains the contracts of another function.
 */

import { complaintClosed } from './contracts/complaint-closed.ts';
import { complaintOpened } from './contracts/complaint-opened.ts';
import { crmLeadUpdated } from './contracts/crm-lead-updated.ts';
import { customerBought } from './contracts/customer-bought.ts';
import { customerChanged } from './contracts/customer-changed.ts';
import { customerContacted } from './contracts/customer-contacted.ts';
import { customerNumbersMerged } from './contracts/customer-numbers-merged.ts';
import { customerPreferencesChanged } from './contracts/customer-preferences-changed.ts';
import { dealUnwound } from './contracts/deal-unwound.ts';
import { firstServiceDue } from './contracts/first-service-due.ts';
import {
  handoffTaskAccepted,
  handoffTaskCancelled,
  handoffTaskCompleted,
  handoffTaskCreated,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskNoted,
  handoffTaskReopened,
} from './contracts/handoff-task-events.ts';
import { numbersCounted } from './contracts/numbers-counted.ts';
import { repairOrderNoLongerOpen } from './contracts/repair-order-no-longer-open.ts';
import { repairOrderVoided } from './contracts/repair-order-voided.ts';
import { repairQuoteHigh } from './contracts/repair-quote-high.ts';
import { repairQuoted } from './contracts/repair-quoted.ts';
import { serviceAppointmentBooked } from './contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from './contracts/service-appointment-cancelled.ts';
import { serviceAppointmentMatched } from './contracts/service-appointment-matched.ts';
import { serviceVisitCompleted } from './contracts/service-visit-completed.ts';
import { vehicleOwnerChanged } from './contracts/vehicle-owner-changed.ts';
import { vehicleSold } from './contracts/vehicle-sold.ts';
import { vehicleValued } from './contracts/vehicle-valued.ts';
import { appraisalFunction } from './handoffs/appraisal/function.ts';
import { firstServiceFunction } from './handoffs/first-service/function.ts';
import { introductionFunction } from './handoffs/introduction/function.ts';
import { repairInsteadFunction } from './handoffs/repair-instead/function.ts';
import { repairOptionsFunction } from './handoffs/repair-options/function.ts';
import { upgradeConversationFunction } from './handoffs/upgrade-conversation/function.ts';
import { decidesOnEvents, eventRetries, type Lambda } from './lambda.ts';
import { LONGEST_SENDING_TIMEOUT_SECONDS } from './runtime/environment.ts';

export const lambdas = {
  'introduce-service': introductionFunction,
  'prepare-first-service': firstServiceFunction,
  'review-repair-quote': repairOptionsFunction,
  'request-appraisal': appraisalFunction,
  'send-to-service': repairInsteadFunction,
  'start-upgrade-conversation': upgradeConversationFunction,
  'follow-dms': {
    entry: 'lambdas/follow-dms/handler.ts',
    description:
      'What else the DMS says of a visit, an appointment, an order, a deal or a customer updates what it concerns',
    handles: {
      'service-visit-completed': serviceVisitCompleted,
      'service-appointment-booked': serviceAppointmentBooked,
      'service-appointment-cancelled': serviceAppointmentCancelled,
      'service-appointment-matched': serviceAppointmentMatched,
      'repair-order-voided': repairOrderVoided,
      'repair-order-no-longer-open': repairOrderNoLongerOpen,
      'deal-unwound': dealUnwound,
      'customer-preferences-changed': customerPreferencesChanged,
      'customer-contacted': customerContacted,
      'customer-changed': customerChanged,
      'complaint-closed': complaintClosed,
      'complaint-opened': complaintOpened,
      'crm-lead-updated': crmLeadUpdated,
      'vehicle-valued': vehicleValued,
    },
    ...decidesOnEvents,
  },
  'keep-customers': {
    entry: 'lambdas/keep-customers/handler.ts',
    description: "Keeps each customer's card up to date, and finds the car of an appointment that names none",
    handles: {},
    hears: {
      'vehicle-sold': vehicleSold,
      'first-service-due': firstServiceDue,
      'repair-quoted': repairQuoted,
      'repair-quote-high': repairQuoteHigh,
      'service-visit-completed': serviceVisitCompleted,
      'customer-changed': customerChanged,
      'service-appointment-booked': serviceAppointmentBooked,
      'service-appointment-cancelled': serviceAppointmentCancelled,
    },
    environment: 'remembering',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'keep-outcomes': {
    entry: 'lambdas/keep-outcomes/handler.ts',
    description:
      'Keeps what became of each handoff, sale and visit, and finds the handoffs that a sale follows from',
    handles: {},
    hears: {
      'handoff-task-created': handoffTaskCreated,
      'handoff-task-accepted': handoffTaskAccepted,
      'handoff-task-completed': handoffTaskCompleted,
      'handoff-task-declined': handoffTaskDeclined,
      'handoff-task-escalated': handoffTaskEscalated,
      'handoff-task-cancelled': handoffTaskCancelled,
      'handoff-task-reopened': handoffTaskReopened,
      'handoff-task-noted': handoffTaskNoted,
      'customer-bought': customerBought,
      'vehicle-owner-changed': vehicleOwnerChanged,
      'customer-numbers-merged': customerNumbersMerged,
      'customer-contacted': customerContacted,
      'service-visit-completed': serviceVisitCompleted,
      'repair-order-voided': repairOrderVoided,
    },
    ...decidesOnEvents,
  },
  'write-ledger': {
    entry: 'lambdas/write-ledger/handler.ts',
    description: 'Every night: writes the month files of outcome facts that have new ones',
    handles: {},
    environment: 'archiving',
    timeoutSeconds: 900,
    // A failed night is not retried and its tick is not kept: the next night's run finds the same months.
    retries: { attempts: 0, withinMinutes: 60, thenKept: false },
  },
  'report-week': {
    entry: 'lambdas/report-week/handler.ts',
    description:
      "Queues the week's emails about the numbers of a store, or of the group, once they are counted",
    handles: {},
    hears: { 'numbers-counted': numbersCounted },
    environment: 'reporting',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'show-numbers': {
    entry: 'lambdas/show-numbers/handler.ts',
    description: "The page of a store's numbers, or the group's, behind the link in the weekly report",
    handles: {},
    environment: 'reporting',
    timeoutSeconds: 28,
  },
  'count-numbers': {
    entry: 'lambdas/count-numbers/handler.ts',
    description: "Every Monday: has the stores' numbers counted from the month files, and keeps them",
    handles: {},
    environment: 'counting',
    timeoutSeconds: 900,
    megabytes: 1769,
    // The next tick comes in a week, so a Monday that failed three times rings an alarm and is kept for redrive.
    retries: { attempts: 2, withinMinutes: 120, thenKept: true },
  },
  'refuse-unknown-event': {
    entry: 'lambdas/refuse-unknown-event/handler.ts',
    description: 'Keeps an event that no contract knows, with the reason',
    handles: {},
    environment: 'keeping',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'answer-task': {
    entry: 'lambdas/answer-task/handler.ts',
    description: 'The pages behind the links in emails, and the choices made on them',
    handles: {},
    environment: 'sending',
    // Long enough for a manager to reassign all of a leaver's tasks; the API itself times out after 30 seconds.
    timeoutSeconds: 28,
    // Somebody waits for the page, and the first request of a cold function takes nine times the CPU of the next one.
    megabytes: 1769,
  },
  'sweep-due-work': {
    entry: 'lambdas/sweep-due-work/handler.ts',
    description: 'Every five minutes: everything whose time has come, oldest first',
    handles: {},
    environment: 'sending',
    // Ends a minute before the next sweep starts.
    timeoutSeconds: LONGEST_SENDING_TIMEOUT_SECONDS,
    // A failed sweep is not retried and its tick is not kept: the next one finds the same work.
    retries: { attempts: 0, withinMinutes: 5, thenKept: false },
  },
  'settle-email': {
    entry: 'lambdas/settle-email/handler.ts',
    description: 'What SES tells about an email settles what is known of it',
    handles: {},
    environment: 'sending',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'read-feed': {
    entry: 'lambdas/read-feed/handler.ts',
    description:
      "Reads a file of a dealer's system that was dropped into the bucket, and puts what changed on the bus",
    handles: {},
    environment: 'reading',
    timeoutSeconds: 900,
    megabytes: 1769,
    retries: eventRetries,
  },
  'receive-webhook': {
    entry: 'lambdas/receive-webhook/handler.ts',
    description: "Takes what a vendor's webhook posts: verifies whose it is, and stores it as it came",
    handles: {},
    environment: 'receiving',
    // A vendor gives up after three seconds and posts again.
    timeoutSeconds: 10,
  },
  'keep-dead-letters': {
    entry: 'lambdas/keep-dead-letters/handler.ts',
    description: 'Moves what failed from both dead-letter queues into the table',
    handles: {},
    environment: 'keeping',
    timeoutSeconds: 30,
  },
} as const satisfies Record<string, Lambda>;

type Lambdas = typeof lambdas;
export type FunctionName = keyof Lambdas;
export type EnvironmentName<Name extends FunctionName> = Lambdas[Name]['environment'];
export type HandledBy<Name extends FunctionName> = Lambdas[Name]['handles'];

export type HeardBy<Name extends FunctionName> = Lambdas[Name] extends { hears: infer Heard } ? Heard : never;

/** The functions that bus rules invoke. */
export type EventFunctionName = {
  [Name in FunctionName]: keyof HandledBy<Name> extends never ? never : Name;
}[FunctionName];

export const functionNames: readonly FunctionName[] = Object.keys(lambdas).filter(isFunctionName);

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(lambdas, name);
}

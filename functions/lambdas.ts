/**
 * The functions of a dealer group, one entry each. The stack, its rules, the bundles, the types of the handlers and the
 * tests follow from this list. A handler imports its types only, so no bundle carries the contracts of another function.
 */
import type { Contract } from './contracts/contract.ts';
import { customerAnswered } from './contracts/customer-answered.ts';
import { customerBought } from './contracts/customer-bought.ts';
import { dealUnwound } from './contracts/deal-unwound.ts';
import { firstServiceDue } from './contracts/first-service-due.ts';
import { repairOrderVoided } from './contracts/repair-order-voided.ts';
import { repairQuoteHigh } from './contracts/repair-quote-high.ts';
import { serviceAppointmentBooked } from './contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from './contracts/service-appointment-cancelled.ts';
import { serviceVisitCompleted } from './contracts/service-visit-completed.ts';
import { upgradeConversationDue } from './contracts/upgrade-conversation-due.ts';
import { vehicleSold } from './contracts/vehicle-sold.ts';
import { type environments, LONGEST_SENDING_TIMEOUT_SECONDS } from './runtime/environment.ts';

export interface Lambda {
  /** The file that exports the handler, below functions/. */
  readonly entry: string;
  readonly description: string;
  /** The contracts whose events a rule of the bus routes to it, by detail type. */
  readonly handles: Readonly<Record<string, Contract>>;
  readonly environment: keyof typeof environments;
  readonly timeoutSeconds: number;
  /** What follows a failed asynchronous invocation. Left out: the function is invoked synchronously. */
  readonly retries?: {
    readonly attempts: 0 | 1 | 2;
    readonly withinMinutes: number;
    /** Whether the event goes to a dead-letter queue when the last attempt failed. */
    readonly thenKept: boolean;
  };
}

const eventRetries = { attempts: 2, withinMinutes: 360, thenKept: true } as const;

export const lambdas = {
  'introduce-service': {
    entry: 'handoffs/introduction/handler.ts',
    description: 'A vehicle was sold: hands its customer over to a named service advisor',
    handles: { 'vehicle-sold': vehicleSold },
    environment: 'sending',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'prepare-first-service': {
    entry: 'handoffs/first-service/handler.ts',
    description: 'A first service is due: invites the customer and asks the salesperson to be there',
    handles: { 'first-service-due': firstServiceDue },
    environment: 'sending',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'review-repair-quote': {
    entry: 'handoffs/repair-options/handler.ts',
    description: 'A repair quote is high: shows the advisor repair beside replace',
    handles: { 'repair-quote-high': repairQuoteHigh, 'customer-answered': customerAnswered },
    environment: 'sending',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'start-upgrade-conversation': {
    entry: 'handoffs/upgrade-conversation/handler.ts',
    description: 'A service customer looks ready to upgrade: nudges the salesperson, with the reasons',
    handles: { 'upgrade-conversation-due': upgradeConversationDue, 'customer-bought': customerBought },
    environment: 'sending',
    timeoutSeconds: 30,
    retries: eventRetries,
  },
  'follow-dms': {
    entry: 'lambdas/follow-dms/handler.ts',
    description:
      'What else the DMS says of a visit, an appointment, an order or a deal updates what it concerns',
    handles: {
      'service-visit-completed': serviceVisitCompleted,
      'service-appointment-booked': serviceAppointmentBooked,
      'service-appointment-cancelled': serviceAppointmentCancelled,
      'repair-order-voided': repairOrderVoided,
      'deal-unwound': dealUnwound,
    },
    environment: 'sending',
    timeoutSeconds: 30,
    retries: eventRetries,
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
    // A manager who hands over everything of a leaver waits for it; the API itself gives up after 30 seconds.
    timeoutSeconds: 28,
  },
  'sweep-due-work': {
    entry: 'lambdas/sweep-due-work/handler.ts',
    description: 'Every five minutes: everything whose time has come, oldest first',
    handles: {},
    environment: 'sending',
    // Ends before the next sweep begins, with a minute to spare.
    timeoutSeconds: LONGEST_SENDING_TIMEOUT_SECONDS,
    // A failed sweep is not repeated and its tick is not kept: the next one finds the same work.
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

/** The functions that a rule of the bus invokes. */
export type EventFunctionName = {
  [Name in FunctionName]: keyof HandledBy<Name> extends never ? never : Name;
}[FunctionName];

export const functionNames: readonly FunctionName[] = Object.keys(lambdas).filter(isFunctionName);

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(lambdas, name);
}

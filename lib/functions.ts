/** The functions of a dealer group: what each is for, and how long it may take. */
import { type FunctionName, LONGEST_SENDING_TIMEOUT_SECONDS } from '../functions/runtime/environment.ts';

export interface FunctionSettings {
  readonly description: string;
  readonly timeoutSeconds: number;
}

export const functionSettings = {
  'introduce-service': {
    description: 'A vehicle was sold: hands its customer over to a named service advisor',
    timeoutSeconds: 30,
  },
  'prepare-first-service': {
    description: 'A first service is due: invites the customer and asks the salesperson to be there',
    timeoutSeconds: 30,
  },
  'review-repair-quote': {
    description: 'A repair quote is high: shows the advisor repair beside replace',
    timeoutSeconds: 30,
  },
  'start-upgrade-conversation': {
    description: 'A service customer looks ready to upgrade: nudges the salesperson, with the reasons',
    timeoutSeconds: 30,
  },
  'follow-dms': {
    description:
      'What else the DMS says of a visit, an appointment, an order or a deal updates what it concerns',
    timeoutSeconds: 30,
  },
  'refuse-unknown-event': {
    description: 'Keeps an event that no contract knows, with the reason',
    timeoutSeconds: 30,
  },
  'answer-task': {
    description: 'The pages behind the links in emails, and the choices made on them',
    // A person is waiting; the API itself gives up after 30 seconds.
    timeoutSeconds: 15,
  },
  'sweep-due-work': {
    description: 'Every five minutes: everything whose time has come, oldest first',
    // Ends before the next sweep begins, with a minute to spare.
    timeoutSeconds: LONGEST_SENDING_TIMEOUT_SECONDS,
  },
  'settle-email': {
    description: 'What SES tells about an email settles what is known of it',
    timeoutSeconds: 30,
  },
  'keep-dead-letters': {
    description: 'Moves what failed from both dead-letter queues into the table',
    timeoutSeconds: 30,
  },
} as const satisfies Record<FunctionName, FunctionSettings>;

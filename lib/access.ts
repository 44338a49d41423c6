/**
 * Which items of the table each function reads and writes, by the beginning of their partition key (see keys.ts for what
 * each holds). The roles are made from it: DynamoDB refuses everything else.
 */
import type { EventFunctionName, FunctionName } from '../functions/lambdas.ts';
import { eachFunction } from './each-function.ts';
import type { IndexName } from './table-shape.ts';

export type KeyPrefix =
  | 'task#*'
  | 'day#*'
  | 'store#*'
  | 'roster#*'
  | 'address#*'
  | 'vehicle#*'
  | 'customer#*'
  | 'order#*'
  | 'decisions#*'
  | 'cap#*'
  | 'refused';

export interface Access {
  /** GetItem, and Query of one partition. */
  readonly reads: readonly KeyPrefix[];
  /** PutItem. */
  readonly writes: readonly KeyPrefix[];
  /** UpdateItem: a field of an item that is otherwise somebody else's. */
  readonly updates?: readonly KeyPrefix[];
  /** DeleteItem. */
  readonly deletes?: readonly KeyPrefix[];
  readonly indexes?: readonly IndexName[];
}

/** To decide about a task, and to deliver its emails. */
const deciding = {
  reads: ['task#*', 'day#*', 'roster#*', 'address#*'],
  writes: ['task#*', 'day#*'],
} as const satisfies Access;

/** A decision about an event of the bus; an event that is refused is kept. */
const onEvents = { reads: deciding.reads, writes: [...deciding.writes, 'refused'] } as const satisfies Access;

const keeping = { reads: [], writes: ['refused'] } as const satisfies Access;

/** Remarks about a customer are kept beside their visits and beside their opt-outs. */
const memory = ['customer#*', 'address#*'] as const;

/** A function that decides on events needs to stand here only if it needs more for it. */
type Own = Readonly<Record<Exclude<FunctionName, EventFunctionName>, Access>> &
  Readonly<Partial<Record<EventFunctionName, Access>>>;

const own: Own = {
  'review-repair-quote': {
    reads: [...onEvents.reads, 'vehicle#*', 'customer#*', 'cap#*'],
    writes: [...onEvents.writes, ...memory, 'decisions#*'],
  },
  'start-upgrade-conversation': {
    reads: [...onEvents.reads, 'customer#*', 'cap#*'],
    writes: [...onEvents.writes, ...memory, 'cap#*'],
  },
  'follow-dms': {
    reads: [...onEvents.reads, 'order#*'],
    writes: [...onEvents.writes, 'order#*', 'vehicle#*', 'customer#*'],
    // Since when someone is a service customer.
    updates: ['customer#*'],
    // A corrected date moves a visit, and the place where it stood is emptied.
    deletes: ['vehicle#*', 'customer#*'],
  },
  'refuse-unknown-event': keeping,
  // Anybody on the internet can call it: it writes tasks, a person's own list and a customer's opt-out, nothing else.
  'answer-task': {
    reads: deciding.reads,
    writes: [...deciding.writes, 'address#*'],
    indexes: ['open-by-assignee', 'open-by-store'],
  },
  'sweep-due-work': {
    reads: [...deciding.reads, 'store#*'],
    writes: [...deciding.writes, 'store#*'],
    indexes: ['due', 'open-by-assignee', 'open-by-store'],
  },
  'settle-email': {
    reads: deciding.reads,
    writes: [...deciding.writes, 'address#*'],
    // Whose mail bounces.
    updates: ['roster#*'],
  },
  'keep-dead-letters': keeping,
};

export const access = eachFunction((name): Access => own[name] ?? onEvents);

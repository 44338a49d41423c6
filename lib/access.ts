/**
 * The items that each function may read and write, by partition key prefix (item-kinds.ts lists the items). The IAM roles are
 * generated from it: DynamoDB refuses everything else.
 */
import type { Partition } from '../functions/adapters/item-kinds.ts';
import type { EventFunctionName, FunctionName } from '../functions/lambdas.ts';
import { eachFunction } from './each-function.ts';
import type { IndexName } from './table-shape.ts';

/** As IAM matches partition keys: `task#*`, or a whole key. */
export type KeyPrefix = { [P in Partition]: P extends `${string}#` ? `${P}*` : P }[Partition];

export interface Access {
  /** GetItem, and Query of one partition. */
  readonly reads: readonly KeyPrefix[];
  /** Query of one partition, alone. */
  readonly queries?: readonly KeyPrefix[];
  /** BatchGetItem. */
  readonly readsTogether?: readonly KeyPrefix[];
  /** PutItem. */
  readonly writes: readonly KeyPrefix[];
  /** UpdateItem: one field of an item that another function writes. */
  readonly updates?: readonly KeyPrefix[];
  /** DeleteItem. */
  readonly deletes?: readonly KeyPrefix[];
  readonly indexes?: readonly IndexName[];
}

/** Written with each event; read for managers' emails and pages. */
const feeds = ['feeds', 'feed-refusals#*'] as const satisfies readonly KeyPrefix[];

/** For deciding about a task and delivering its emails. */
const deciding = {
  reads: ['task#*', 'day#*', 'roster#*'],
  // A lead is noted before it is sent to the CRM.
  writes: ['task#*', 'day#*', 'crm#*'],
} as const satisfies Access;

/**
 * Opt-outs by address and phone: under keyed hashes, and under the plain ones of earlier releases, from which items
 * move when they change.
 */
const places = ['place#*', 'address#*'] as const satisfies readonly KeyPrefix[];

/** For handling a bus event, including what it says about contacting the customer, and storing a refused one. */
const onEvents = {
  reads: [...deciding.reads, 'unknown-number#*', 'erased', 'fact#*'],
  writes: [...deciding.writes, ...places, 'unknown-number#*', 'event#*', 'refused', 'fact#*', ...feeds],
  // A good version of a fact takes the refused ones off the list.
  deletes: ['refused', 'fact#*'],
} as const satisfies Access;

const keeping = { reads: [], writes: ['refused', 'fact#*'] } as const satisfies Access;

/** Remarks about a customer are stored next to their visits; by address, next to their opt-outs. */
const memory = ['customer#*'] as const;

/** A function that decides on events is listed only if it needs more than the others of its kind. */
type Own = Readonly<Record<Exclude<FunctionName, EventFunctionName>, Access>> &
  Readonly<Partial<Record<EventFunctionName, Access>>>;

/** Letters to customers whose advisor left: managers' lists mention them. */
const letters = ['campaign#*', 'letter#*'] as const satisfies readonly KeyPrefix[];

const own: Own = {
  'prepare-first-service': {
    reads: [...onEvents.reads, 'vehicle#*', 'deal#*', 'customer#*', 'look-up#*'],
    writes: [...onEvents.writes, 'vehicle#*', 'deal#*', 'customer#*'],
    // A corrected sale moves to another car, customer or date.
    deletes: [...onEvents.deletes, 'vehicle#*', 'customer#*'],
  },
  'review-repair-quote': {
    // `credit#`: which household the holdout knows. `recalls#`: cached answers about a model. `look-up#`: finds the
    // car for an appointment that names no customer.
    reads: [...onEvents.reads, 'vehicle#*', 'customer#*', 'credit#*', 'recalls#*', 'look-up#*'],
    readsTogether: ['cap#*'],
    writes: [...onEvents.writes, ...memory, 'decisions#*', 'credit#*', 'vehicle#*', 'recalls#*'],
    deletes: onEvents.deletes,
  },
  'send-to-service': {
    reads: [...onEvents.reads, 'vehicle#*', 'customer#*', 'look-up#*'],
    writes: [...onEvents.writes, 'vehicle#*'],
    deletes: onEvents.deletes,
  },
  'start-upgrade-conversation': {
    reads: [...onEvents.reads, 'customer#*', 'look-up#*'],
    readsTogether: ['cap#*'],
    writes: [...onEvents.writes, ...memory, 'cap#*'],
    deletes: onEvents.deletes,
  },
  'follow-dms': {
    reads: [...onEvents.reads, 'number#*', 'customer#*', 'order#*', 'vehicle#*', 'crm#*'],
    // `ahead#`: the cars that are booked on each day.
    writes: [...onEvents.writes, ...memory, 'number#*', 'order#*', 'vehicle#*', 'ahead#*'],
    // The date since when someone is a service customer; a sale, whose expiry moves as long as its car comes in.
    updates: ['customer#*', 'vehicle#*', 'deal#*'],
    // A corrected date moves a visit to another key and deletes the old one.
    deletes: [...onEvents.deletes, 'vehicle#*', 'customer#*'],
  },
  'keep-customers': {
    reads: ['roster#*', 'customer#*', 'look-up#*', 'erased'],
    // The appointments under all of a customer's addresses and phone numbers in one call.
    readsTogether: places,
    writes: ['customer#*', 'look-up#*', 'advised#*', ...places],
  },
  'keep-outcomes': {
    reads: [...deciding.reads, 'unknown-number#*', 'erased', 'credit#*'],
    // The facts that are already stored.
    readsTogether: ['outcomes#*'],
    writes: [...deciding.writes, 'unknown-number#*', 'event#*', 'credit#*', 'outcomes#*', 'outcome-months'],
  },
  'write-ledger': { reads: [], queries: ['outcomes#*', 'outcome-months'], writes: ['outcome-months'] },
  'report-week': { reads: ['report#*', 'roster#*'], writes: ['report#*'] },
  // Reachable from the internet: it writes nothing.
  'show-numbers': { reads: ['report#*', 'roster#*'], writes: [] },
  'count-numbers': { reads: [], writes: [] },
  'refuse-unknown-event': { ...keeping, writes: [...keeping.writes, ...feeds] },
  // Reachable from the internet: it may write only tasks, personal items, opt-outs, leads that were sent to a CRM,
  // and the state of letter campaigns.
  'answer-task': {
    // Customers are looked up to start a handoff.
    reads: [...deciding.reads, ...feeds, 'crm#*', ...letters, 'look-up#*', 'customer#*'],
    writes: [...deciding.writes, ...places, 'campaign#*'],
    indexes: ['open-by-assignee', 'open-by-store'],
  },
  'sweep-due-work': {
    reads: [
      ...deciding.reads,
      'report#*',
      'store#*',
      ...feeds,
      'crm#*',
      ...letters,
      'advised#*',
      'customer#*',
    ],
    queries: ['ahead#*'],
    writes: [...deciding.writes, 'report#*', 'store#*', ...letters],
    indexes: ['due', 'open-by-assignee', 'open-by-store'],
  },
  'settle-email': {
    reads: [...deciding.reads, 'report#*', ...feeds, 'crm#*', ...letters],
    // The outcomes of emails to customers that are already stored.
    readsTogether: ['outcomes#*'],
    // A complaint stops the letters that have not been sent.
    writes: [...deciding.writes, 'report#*', ...places, ...letters, 'outcomes#*', 'outcome-months'],
    // Flags bouncing addresses.
    updates: ['roster#*'],
  },
  'read-feed': {
    reads: ['feed-file#*', 'refused'],
    readsTogether: ['feed-fact#*'],
    writes: ['feed-file#*', 'feed-fact#*', 'feeds', 'refused'],
    // A refused row is taken off the list when it comes again and is good.
    deletes: ['refused'],
  },
  // Reachable from the internet: it counts what it refuses, and reads nothing.
  'receive-webhook': { reads: [], writes: [], updates: ['posts#*'] },
  'keep-dead-letters': keeping,
};

/** Functions that send a task's emails or show the task also read the customer's contact preferences. */
const contact = [...places, 'number#*'] as const satisfies readonly KeyPrefix[];

export const access = eachFunction((name): Access => {
  const its: Access = own[name] ?? onEvents;
  const { readsTogether = [] } = its;
  return its.reads.includes('task#*') ? { ...its, readsTogether: [...readsTogether, ...contact] } : its;
});

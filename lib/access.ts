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

/** Written with each event; read for the emails and pages of managers. */
const feeds = ['feeds', 'feed-refusals#*'] as const satisfies readonly KeyPrefix[];

/** For deciding about a task and delivering its emails. */
const deciding = {
  reads: ['task#*', 'day#*', 'roster#*'],
  // A lead for the CRM is noted before it leaves.
  writes: ['task#*', 'day#*', 'crm#*'],
} as const satisfies Access;

/** What places said no to: by keyed hash, and by the plain one of earlier releases, whose items move with a change. */
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

/** A function that decides on events needs to stand here only if it needs more for it. */
type Own = Readonly<Record<Exclude<FunctionName, EventFunctionName>, Access>> &
  Readonly<Partial<Record<EventFunctionName, Access>>>;

/** Letters to the customers of advisors who left: the lists of managers tell of them. */
const letters = ['campaign#*', 'letter#*'] as const satisfies readonly KeyPrefix[];

const own: Own = {
  'prepare-first-service': {
    reads: [...onEvents.reads, 'vehicle#*', 'deal#*', 'customer#*', 'look-up#*'],
    writes: [...onEvents.writes, 'vehicle#*', 'deal#*', 'customer#*'],
    // A corrected sale moves to another car, customer or date.
    deletes: [...onEvents.deletes, 'vehicle#*', 'customer#*'],
  },
  'review-repair-quote': {
    // `credit#`: where the holdout knows a household. What services say of a car and of its model is kept for a while.
    // `look-up#`: whose car an appointment is for that names no customer.
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
    // `ahead#`: which cars are booked on which day.
    writes: [...onEvents.writes, ...memory, 'number#*', 'order#*', 'vehicle#*', 'ahead#*'],
    // Since when someone is a service customer; a sale is kept for as long as its car comes.
    updates: ['customer#*', 'vehicle#*', 'deal#*'],
    // A corrected date moves a visit to another key and deletes the old one.
    deletes: [...onEvents.deletes, 'vehicle#*', 'customer#*'],
  },
  'keep-customers': {
    reads: ['roster#*', 'customer#*', 'look-up#*', 'erased'],
    // The appointments of a customer, of all of a customer's places at once.
    readsTogether: places,
    writes: ['customer#*', 'look-up#*', 'advised#*', ...places],
  },
  'keep-outcomes': {
    reads: [...deciding.reads, 'unknown-number#*', 'erased', 'credit#*'],
    // The facts that are known already.
    readsTogether: ['outcomes#*'],
    writes: [...deciding.writes, 'unknown-number#*', 'event#*', 'credit#*', 'outcomes#*', 'outcome-months'],
  },
  'write-ledger': { reads: [], queries: ['outcomes#*', 'outcome-months'], writes: ['outcome-months'] },
  'report-week': { reads: ['report#*', 'roster#*'], writes: ['report#*'] },
  // Reachable from the internet: it writes nothing.
  'show-numbers': { reads: ['report#*', 'roster#*'], writes: [] },
  'count-numbers': { reads: [], writes: [] },
  'refuse-unknown-event': { ...keeping, writes: [...keeping.writes, ...feeds] },
  // Reachable from the internet: may write only tasks, personal items, opt-outs, that a CRM has a lead, and whether letters go on.
  'answer-task': {
    // A customer is looked up to start a handoff.
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
    // The outcomes of emails to customers that are known already.
    readsTogether: ['outcomes#*'],
    // A complaint stops the letters that follow.
    writes: [...deciding.writes, 'report#*', ...places, ...letters, 'outcomes#*', 'outcome-months'],
    // Flags bouncing addresses.
    updates: ['roster#*'],
  },
  'read-feed': {
    reads: ['feed-file#*', 'refused'],
    readsTogether: ['feed-fact#*'],
    writes: ['feed-file#*', 'feed-fact#*', 'feeds', 'refused'],
    // A row that was refused comes again, and is good.
    deletes: ['refused'],
  },
  // Reachable from the internet: it counts what it refused, and reads nothing.
  'receive-webhook': { reads: [], writes: [], updates: ['posts#*'] },
  'keep-dead-letters': keeping,
};

/** A function that sends the emails of a task, or shows it, reads what its customer said about being contacted. */
const contact = [...places, 'number#*'] as const satisfies readonly KeyPrefix[];

export const access = eachFunction((name): Access => {
  const its: Access = own[name] ?? onEvents;
  const { readsTogether = [] } = its;
  return its.reads.includes('task#*') ? { ...its, readsTogether: [...readsTogether, ...contact] } : its;
});

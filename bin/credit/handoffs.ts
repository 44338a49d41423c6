/** Reads the handoffs that can earn credit, with their results. Nothing here writes. */
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { taskFromItem } from '../../functions/adapters/task-item.ts';
import { localDate } from '../../functions/group/business-time.ts';
import { findStore, type Group } from '../../functions/group/group.ts';
import {
  type CreditState,
  creditIn,
  creditState,
  type Match,
} from '../../functions/handoff/credit-record.ts';
import { type AnyTask, everyKind, kindOf, type TaskKind } from '../../functions/handoffs/kinds.ts';
import { personNamed } from '../../functions/people/across-stores.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';

export interface Asked {
  /** Dates, inclusive, on the clock of the store where the handoff took place. */
  readonly from: string;
  readonly to: string;
  readonly store?: string | undefined;
  /** An employee number: who handed over, or who accepted. */
  readonly person?: string | undefined;
}

/** A person by their own store and number, so that leavers keep their credit. */
interface Person {
  readonly store: string;
  readonly number: string;
}

export interface CreditRow {
  readonly handoff: string;
  readonly store: string;
  readonly taskId: string;
  readonly handedOverOn: string;
  readonly from: readonly Person[];
  readonly to: Person | undefined;
  readonly acceptedAt: string | undefined;
  readonly outcome: string;
  readonly credit: CreditState;
  readonly deals: readonly (Match & { readonly counts: boolean })[];
  readonly disputes: AnyCredit['disputes'];
}
type AnyCredit = ReturnType<typeof creditIn>;

export interface SoldDeal {
  readonly storeId: string;
  readonly dealNumber: string;
  readonly use?: number;
}

const earning = everyKind.filter(({ credit }) => credit !== undefined).map(({ kind }) => kind);

export async function readHandoffs(
  target: Target,
  group: Group,
  asked: Asked,
  tell: TellProgress,
): Promise<AnyTask[]> {
  return (await readTasks(target, earning, tell))
    .filter((task) => isAskedFor(task, group, asked))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** Reads deals of all stores up to today: a customer may buy later, and at another store of the group. */
export async function readDealsSince(
  from: string,
  target: Target,
  group: Group,
  tell: TellProgress,
): Promise<SoldDeal[]> {
  const introductions = await readTasks(target, ['service-introduction'], tell);
  return introductions.flatMap((task) => dealOf(task, group, from) ?? []);
}

async function readTasks(
  { dynamodb, tableName }: Target,
  kinds: readonly TaskKind[],
  tell: TellProgress,
): Promise<AnyTask[]> {
  const names = Object.fromEntries(kinds.map((kind, at) => [`:kind${at}`, kind]));
  const scan = {
    TableName: tableName,
    FilterExpression: `#type = :task AND #kind IN (${Object.keys(names).join(', ')})`,
    ExpressionAttributeNames: { '#type': 'type', '#kind': 'kind' },
    ExpressionAttributeValues: toItem({ ':task': 'task', ...names }),
    ConsistentRead: true,
  };
  let read = 0;
  const tasks: AnyTask[] = [];
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, scan)) {
    read += ScannedCount;
    tell(`${read} items read`);
    tasks.push(...Items.map((item) => taskFromItem(fromItem(item))));
  }
  return tasks;
}

/** A deal is stored in its introduction. */
function dealOf(task: AnyTask, group: Group, from: string): SoldDeal | undefined {
  const sold = task.kind === 'service-introduction' ? task.facts.sold : undefined;
  if (!sold) return undefined;
  const { storeId, dealNumber, occurredAt } = sold;
  if (localDate(findStore(group, storeId)?.timeZone ?? 'UTC', occurredAt) < from) return undefined;
  return { storeId, dealNumber, ...(task.use === undefined ? {} : { use: task.use }) };
}

function isAskedFor(task: AnyTask, group: Group, { from, to, store, person }: Asked): boolean {
  if (task.assignee === undefined || task.state === 'history') return false;
  const on = handedOverOn(task, group);
  if (on < from || on > to) return false;
  if (store !== undefined && task.storeId !== store && task.soldAt !== store) return false;
  return person === undefined || peopleOf(task).some(({ number }) => number === person);
}

const handedOverOn = ({ storeId, createdAt }: AnyTask, group: Group): string =>
  localDate(findStore(group, storeId)?.timeZone ?? 'UTC', createdAt);

const personOf = ({ storeId }: AnyTask, named: string): Person => {
  const { storeId: store, employeeNumber: number } = personNamed(storeId, named);
  return { store, number };
};

const sendersOf = (task: AnyTask): Person[] =>
  kindOf(task)
    .sendersOf(task)
    .map((one) => personOf(task, one));

const takerOf = (task: AnyTask): Person | undefined =>
  task.assignee && personOf(task, task.assignee.employeeNumber);

const peopleOf = (task: AnyTask): Person[] => {
  const taker = takerOf(task);
  return [...sendersOf(task), ...(taker ? [taker] : [])];
};

export function rowOf(task: AnyTask, group: Group): CreditRow {
  const { matches, disputes } = creditIn(task);
  return {
    handoff: task.kind,
    store: task.storeId,
    taskId: task.taskId,
    handedOverOn: handedOverOn(task, group),
    from: sendersOf(task),
    to: takerOf(task),
    acceptedAt: task.acceptedAt,
    outcome: task.ended?.outcome ?? task.state,
    credit: creditState(task),
    deals: matches.map((one) => ({ ...one, counts: one.lapsed === undefined })),
    disputes,
  };
}

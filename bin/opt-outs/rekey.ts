/**
 * Moves items that releases before 2026-12 stored by plain hash to the keyed hash. Running it twice, or interrupting
 * it, leads to the same result.
 */
import { DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Command } from 'commander';
import { AppointmentTable } from '../../functions/adapters/appointment-table.ts';
import { ClaimTable } from '../../functions/adapters/claim-table.ts';
import { disposalBy } from '../../functions/adapters/disposal.ts';
import { conditionally, fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { type ItemKindName, itemKindAt } from '../../functions/adapters/item-kinds.ts';
import { hashOfAddressKey, type Key, keys, MEMORY } from '../../functions/adapters/keys.ts';
import { MemoryTable } from '../../functions/adapters/memory-table.ts';
import { HOUSEHOLD } from '../../functions/adapters/rekeyed-items.ts';
import { forEachAtOnce } from '../../functions/at-once.ts';
import type { Group } from '../../functions/group/group.ts';
import { newCommand } from '../lib/command-line.ts';
import { addressesOf, keyOf } from '../lib/customer-key.ts';
import { type GroupChoice, groupOf, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { type TellProgress, withProgress } from '../lib/progress.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';

const AT_ONCE = 10;

interface Options extends TargetChoice, GroupChoice {
  readonly json?: boolean;
}

export const buildRekey = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'rekey',
        summary: "Move what a release before 2026-12 stored by plain hashes to hashes with the group's key",
        more: `Opt-outs, remarks, appointments and the caps of households. Nothing is forgotten meanwhile: functions read both. While the group's file says "alsoPlainOptOuts", each is copied
and its former item stays, for that release; take the setting out, deploy, and run it again. The whole table is looked through.`,
        examples: ['npm run opt-outs -- rekey --stack handoff-<name> --group groups/<name>.json'],
      }),
    ),
  )
    .option('--json', 'how many as JSON')
    .action(run);

async function run({ json = false, ...options }: Options): Promise<void> {
  const target = await resolveTarget(options);
  const group = groupOf(target, options);
  const items = await withProgress('Moving', (tell) => rekey(target, group, tell));
  if (json) sayJson({ items, plainKept: group.alsoPlainOptOuts });
  else say(said(items, group));
}

function said(items: number, { alsoPlainOptOuts }: Group): string {
  if (items === 0) return 'Nothing is stored by a plain hash.';
  return alsoPlainOptOuts
    ? `${items} items copied. The plain ones stay: the group's file says alsoPlainOptOuts.`
    : `${items} items moved. Nothing is stored by a plain hash any more.`;
}

async function rekey(target: Target, group: Group, tell: TellProgress): Promise<number> {
  const former = await readFormer(target, tell);
  const moves = movesOf(target, group);
  let moved = 0;
  await forEachAtOnce(former, { limit: () => AT_ONCE }, async ({ kind, ...key }) => {
    await moves[kind](key);
    if (!group.alsoPlainOptOuts) await removeEmpty(target, key, listIn[kind]);
    moved += 1;
    tell(`${moved} of ${former.length} items`);
  });
  return former.length;
}

/** The list attribute of each kind of former item. */
const listIn = {
  address: 'optOuts',
  'former remarks': 'remarks',
  'former appointments': 'reports',
  'cap of a customer': 'holders',
} as const satisfies Partial<Record<ItemKindName, string>>;
type FormerKind = keyof typeof listIn;
const isFormer = (kind: ItemKindName | undefined): kind is FormerKind =>
  kind !== undefined && Object.hasOwn(listIn, kind);

type Move = (key: Key) => Promise<unknown>;

function movesOf(target: Target, group: Group): Readonly<Record<FormerKind, Move>> {
  const { dynamodb, tableName, now } = target;
  const rekeying = { key: keyOf(target), alsoPlain: group.alsoPlainOptOuts };
  const disposeAt = disposalBy(group.retention);
  const addresses = addressesOf(target, group);
  const memory = new MemoryTable(dynamodb, tableName, rekeying, disposeAt);
  const claims = new ClaimTable(dynamodb, tableName, rekeying, disposeAt);
  const appointments = new AppointmentTable(dynamodb, tableName, {
    ...{ ...rekeying, disposeAt },
    clock: { now: () => now },
  });
  return {
    address: ({ pk }) => addresses.changeOfHash(hashOfAddressKey(pk), (known) => known),
    'former remarks': ({ pk, sk }) => memory.moveFormer({ address: hashOfAddressKey(pk), name: nameIn(sk) }),
    'former appointments': ({ pk }) => appointments.changeOfHash(hashOfAddressKey(pk), (known) => known),
    'cap of a customer': ({ pk }) => claims.moveFormer(pk.slice(keys.cap('').pk.length)),
  };
}

const nameIn = (sk: string): string | undefined =>
  sk === MEMORY ? undefined : sk.slice(`${MEMORY}#`.length);

async function readFormer(
  { dynamodb, tableName }: Target,
  tell: TellProgress,
): Promise<(Key & { readonly kind: FormerKind })[]> {
  const [plain, household] = [keys.addressOfHash('').pk, keys.cap(HOUSEHOLD).pk];
  const scan = {
    TableName: tableName,
    FilterExpression: 'begins_with(pk, :plain) OR begins_with(pk, :household)',
    ExpressionAttributeValues: toItem({ ':plain': plain, ':household': household }),
    ProjectionExpression: 'pk, sk',
    ConsistentRead: true,
  };
  const found: (Key & { readonly kind: FormerKind })[] = [];
  let read = 0;
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, scan)) {
    read += ScannedCount;
    tell(`${read} items read`);
    for (const item of Items.map((one) => fromItem(one))) {
      const key = { pk: String(item['pk']), sk: String(item['sk']) };
      const kind = itemKindAt(key);
      if (isFormer(kind)) found.push({ ...key, kind });
    }
  }
  return found;
}

/** Deletes the item only if it is empty: a function may just have written to it. */
async function removeEmpty(
  { dynamodb, tableName }: Target,
  { pk, sk }: Key,
  list: (typeof listIn)[FormerKind],
): Promise<void> {
  const deletion = new DeleteItemCommand({
    TableName: tableName,
    Key: toItem({ pk, sk }),
    ConditionExpression: 'size(#list) = :none AND attribute_not_exists(bouncedAt)',
    ExpressionAttributeNames: { '#list': list },
    ExpressionAttributeValues: toItem({ ':none': 0 }),
  });
  await conditionally(dynamodb.send(deletion));
}

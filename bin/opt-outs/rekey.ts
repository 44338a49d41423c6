/** Moves what releases before 2026-12 stored by plain hash to the keyed one. Twice, or interrupted, it ends alike. */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Command } from 'commander';
import { conditionally, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { forEachAtOnce } from '../../functions/at-once.ts';
import type { Group } from '../../functions/group/group.ts';
import { newCommand } from '../lib/command-line.ts';
import { addressesOf } from '../lib/customer-key.ts';
import { type GroupChoice, groupOf, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { type TellProgress, withProgress } from '../lib/progress.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { readPlainHashes } from './stored.ts';

const AT_ONCE = 10;

interface Options extends TargetChoice, GroupChoice {
  readonly json?: boolean;
}

export const buildRekey = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'rekey',
        summary: "Move opt-outs of a release before 2026-12 to hashes with the group's key",
        more: `Nothing is forgotten meanwhile: functions read both. While the group's file says "alsoPlainOptOuts", each is copied
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
  const places = await withProgress('Moving', (tell) => rekey(target, group, tell));
  if (json) sayJson({ places, plainKept: group.alsoPlainOptOuts });
  else say(said(places, group));
}

function said(places: number, { alsoPlainOptOuts }: Group): string {
  if (places === 0) return 'Nothing is stored by a plain hash.';
  return alsoPlainOptOuts
    ? `${places} addresses and numbers copied. The plain ones stay: the group's file says alsoPlainOptOuts.`
    : `${places} addresses and numbers moved. Nothing is stored by a plain hash any more.`;
}

async function rekey(target: Target, group: Group, tell: TellProgress): Promise<number> {
  const plain = await readPlainHashes(target, tell);
  const addresses = addressesOf(target, group);
  let moved = 0;
  await forEachAtOnce(plain, { limit: () => AT_ONCE }, async (hash) => {
    await addresses.changeOfHash(hash, (known) => known);
    if (!group.alsoPlainOptOuts) await removeEmpty(target, hash);
    moved += 1;
    tell(`${moved} of ${plain.length} addresses and numbers`);
  });
  return plain.length;
}

/** Only if it says nothing any more: a function may just have written to it. */
async function removeEmpty({ dynamodb, tableName }: Target, plainHash: string): Promise<void> {
  const deletion = new DeleteItemCommand({
    TableName: tableName,
    Key: toItem(keys.addressOfHash(plainHash)),
    ConditionExpression: 'size(optOuts) = :none AND attribute_not_exists(bouncedAt)',
    ExpressionAttributeValues: toItem({ ':none': 0 }),
  });
  await conditionally(dynamodb.send(deletion));
}

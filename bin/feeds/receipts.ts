/** What was done with dropped files, feed by feed. */
import { FeedFileTable } from '../../functions/adapters/feed-file-table.ts';
import { type RefusedPostDay, readRefusedPosts } from '../../functions/adapters/refused-post-days.ts';
import { oneOf } from '../../functions/feeds/file-feed.ts';
import { countsOf, type FileReceipt } from '../../functions/feeds/file-receipt.ts';
import type { Group } from '../../functions/group/group.ts';
import { groupOf } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { exitCodes, UsageProblem } from '../lib/problem.ts';
import { resolveTarget, type TargetChoice } from '../lib/target.ts';
import { fileReceiptLines } from './words.ts';

export interface ReceiptsOptions extends TargetChoice {
  readonly group?: string;
  readonly feed?: string;
  readonly count: number;
  readonly json?: boolean;
}

export async function receipts({ feed, count, json, ...options }: ReceiptsOptions): Promise<void> {
  const target = await resolveTarget(options);
  const table = new FeedFileTable(target.dynamodb, target.tableName);
  const group = groupOf(target, options);
  const isPosted = (name: string) => group.feeds.some((one) => one.name === name && one.posted);
  const found = await Promise.all(
    namesOf(group, feed).map(async (name) => ({
      name,
      newest: await table.newest(name, count),
      refused: isPosted(name)
        ? await readRefusedPosts(target.dynamodb, target.tableName, { feed: name, days: count })
        : [],
    })),
  );
  if (json)
    sayJson({
      receipts: found.flatMap(({ newest }) => newest.map(withCounts)),
      refusedPosts: found.flatMap(({ name, refused }) => refused.map((day) => ({ feed: name, ...day }))),
    });
  else
    say(
      ...found
        .flatMap(({ name, newest, refused }) => ['', name, ...listed(newest), ...refusedLines(refused)])
        .slice(1),
    );
  // Only the latest file of each feed counts: a file that was stopped last week may have been sent again since.
  if (found.some(({ newest: [last] }) => last?.state === 'stopped')) process.exitCode = exitCodes.wrong;
}

function namesOf({ feeds }: Group, asked: string | undefined): readonly string[] {
  const names = feeds.map(({ name }) => name);
  if (asked === undefined) return names;
  if (names.includes(asked)) return [asked];
  throw new UsageProblem(`'${asked}' is no feed of this group${oneOf(asked, names)}`);
}

const listed = (receipts: readonly FileReceipt[]): string[] =>
  receipts.length === 0
    ? ['  no file has come yet']
    : receipts.flatMap((receipt) => fileReceiptLines(receipt).map((line) => `  ${line}`));

/** Refused posts by day. The posting sender is not told the reason. */
const refusedLines = (days: readonly RefusedPostDay[]): string[] =>
  days.map(({ day, counts }) => {
    const reasons = Object.entries(counts).map(([because, count]) => `${count} ${because}`);
    return `  posts on ${day} (UTC) that did nothing: ${reasons.join(', ')}`;
  });

const withCounts = ({ judged, progress, ...receipt }: FileReceipt) => ({
  ...receipt,
  ...countsOf({ judged, progress, ...receipt }),
  cents: judged?.cents ?? {},
});

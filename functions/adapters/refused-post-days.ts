import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Refusal } from '../feeds/post-ports.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

const count = z.number().optional();
const counted = z.object({
  sk: z.string(),
  ...{ missing: count, wrong: count, old: count, repeated: count },
  ...{ 'too-large': count, empty: count, 'no-file-name': count },
} satisfies Record<Refusal | 'sk', z.ZodType>);

/** The posts to a feed on one day (UTC) that were refused, counted by reason. */
export interface RefusedPostDay {
  readonly day: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Separate from the counting: the function that is reachable from the internet bundles no query. */
export async function readRefusedPosts(
  client: DynamoDB,
  table: string,
  { feed, days }: { readonly feed: string; readonly days: number },
): Promise<readonly RefusedPostDay[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.refusedPostsOf(feed) }),
      ScanIndexForward: false,
      Limit: days,
    }),
  );
  return Items.map((item) => {
    const { sk: day, ...all } = counted.parse(fromItem(item));
    const counts = Object.entries(all).flatMap(([because, times]) =>
      times === undefined ? [] : [[because, times] as const],
    );
    return { day, counts: Object.fromEntries(counts) };
  });
}

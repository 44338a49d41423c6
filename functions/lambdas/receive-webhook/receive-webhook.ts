import type { FileFeed } from '../../feeds/file-feed.ts';
import type { Post, Verdict } from '../../feeds/post.ts';
import { postKey } from '../../feeds/post-key.ts';
import type { Drop, FeedKeys, Refusal, RefusedPosts, Tokens } from '../../feeds/post-ports.ts';
import { verifyPost } from '../../feeds/verify-post.ts';
import type { Webhook } from '../../feeds/webhook.ts';
import type { Clock } from '../../ports.ts';

export interface ReceivingServices {
  readonly clock: Clock;
  readonly fileFeeds: readonly FileFeed[];
  readonly keys: FeedKeys;
  readonly tokens: Tokens;
  readonly drop: Drop;
  readonly refusedPosts: RefusedPosts;
}

export interface Received {
  readonly status: 202 | 400 | 401 | 404 | 413;
  readonly outcome: 'stored' | 'no-feed' | Refusal;
}

/** Bytes in a kilobyte. */
const KILOBYTE = 1_024;

/**
 * Handles a post to the address of a feed. A verified post is stored unchanged and then treated like a dropped file;
 * nothing parses it before that. The vendor gets an answer at once, whatever the post contains. A repeated post gets
 * the same answer as the first and has no effect. A post that is not the vendor's is counted and has no effect.
 */
export async function receiveWebhook(
  services: ReceivingServices,
  feedName: string,
  post: Post,
): Promise<Received> {
  const feed = services.fileFeeds.find(({ name }) => name === feedName);
  const webhook = feed?.source.webhook;
  if (!feed || !webhook) return { status: 404, outcome: 'no-feed' };
  const refuse = async (outcome: Refusal, status: Received['status']): Promise<Received> => {
    await services.refusedPosts.count(feedName, outcome, services.clock.now());
    return { status, outcome };
  };
  if (post.body.length > webhook.atMostKilobytes * KILOBYTE) return refuse('too-large', 413);
  const verdict = await verify(services, feedName, post, webhook);
  if (!verdict.ok) return refuse(verdict.because, 401);
  if (post.body.length === 0) return refuse('empty', 400);
  const posted = { post, signed: verdict.signed, now: services.clock.now() };
  const key = postKey(feedName, feed.source, posted);
  if (key === undefined) return refuse('no-file-name', 400);
  return (await services.drop.put(key, post.body))
    ? { status: 202, outcome: 'stored' }
    : refuse('repeated', 202);
}

/** Verifies again with freshly read keys if no cached key matches: a new key may have been set since. */
async function verify(
  { keys, tokens, clock }: ReceivingServices,
  feed: string,
  post: Post,
  { verify: check }: Webhook,
): Promise<Verdict> {
  const by = (known: readonly string[]) =>
    check.by === 'token'
      ? tokens.verify(post, check, known, clock.now())
      : verifyPost(post, check, known, clock.now());
  const known = await keys.read(feed);
  const verdict = await by(known);
  if (verdict.ok || verdict.because !== 'wrong') return verdict;
  const anew = await keys.read(feed, 'anew');
  return anew === known ? verdict : by(anew);
}

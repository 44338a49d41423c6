import type { Post, Verdict } from './post.ts';
import type { TokenCheck } from './webhook.ts';

/** What the receiver of posts needs from outside. */
export interface FeedKeys {
  /**
   * All keys of a feed, current and previous. They are cached for a while; `anew` reads them again, at most once a
   * minute.
   */
  read(feed: string, anew?: 'anew'): Promise<readonly string[]>;
}

export interface Tokens {
  /** Throws if the token cannot be checked, for example while the issuer's keys cannot be read. */
  verify(post: Post, check: TokenCheck, ours: readonly string[], now: string): Promise<Verdict>;
}

export interface Drop {
  /** False if an object with this key exists: the same post came before. */
  put(key: string, body: Uint8Array): Promise<boolean>;
}

/** Why a post was refused. */
export type Refusal = 'missing' | 'wrong' | 'old' | 'repeated' | 'too-large' | 'empty' | 'no-file-name';

export interface RefusedPosts {
  count(feed: string, because: Refusal, at: string): Promise<void>;
}

/** A post to the address of a feed, as received. Nothing in it is trusted before it is verified. */
export interface Post {
  /** Keyed by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/**
 * Whether a post comes from the sender it claims.
 * - `missing`: it has no signature, key or token, or only something malformed
 * - `wrong`: it was made with none of our keys
 * - `old`: its time is too far in the past or the future: somebody replays an earlier post
 */
export type Verdict =
  | { readonly ok: true; readonly signed?: string }
  | { readonly ok: false; readonly because: 'missing' | 'wrong' | 'old' };

export const refused = (because: 'missing' | 'wrong' | 'old'): Verdict => ({ ok: false, because });

export const headerOf = ({ headers }: Post, name: string): string | undefined => {
  const value = headers.get(name.toLowerCase())?.trim();
  return value === '' ? undefined : value;
};

/** The text without its prefix; undefined if it does not begin with it. */
export const after = (text: string | undefined, prefix = ''): string | undefined =>
  text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;

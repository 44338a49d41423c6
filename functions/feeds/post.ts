/** What somebody posted to the address of a feed, as it came: nothing of it is believed before it is verified. */
export interface Post {
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/**
 * Whether a post is of whom it says.
 * - `missing`: no signature, key or token, or nothing of the kind
 * - `wrong`: one that none of our keys made
 * - `old`: signed too long ago, or too far ahead: somebody repeats what was sent once
 */
export type Verdict =
  | { readonly ok: true; readonly signed?: string }
  | { readonly ok: false; readonly because: 'missing' | 'wrong' | 'old' };

export const refused = (because: 'missing' | 'wrong' | 'old'): Verdict => ({ ok: false, because });

export const headerOf = ({ headers }: Post, name: string): string | undefined => {
  const value = headers.get(name.toLowerCase())?.trim();
  return value === '' ? undefined : value;
};

/** Without the prefix; undefined where there is none. */
export const after = (text: string | undefined, prefix = ''): string | undefined =>
  text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;

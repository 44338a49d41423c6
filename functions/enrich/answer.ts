/** Why an answer does not count. */
type NoAnswer =
  | 'too slow'
  | 'failed a moment ago'
  | 'failed'
  | 'refused'
  | 'does not know it'
  | 'too large'
  | 'not readable'
  | 'about another car'
  | 'too old'
  | 'dated ahead';

export type Answer<T> =
  | { readonly ok: true; readonly found: T }
  | { readonly ok: false; readonly why: NoAnswer };
export const none = (why: NoAnswer) => ({ ok: false, why }) as const;

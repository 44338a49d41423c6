import * as z from 'zod';

/** The keys of a feed as its secret stores them. While a vendor switches to a new key, both are valid. */
const feedSecret = z.object({ current: z.string().min(1), previous: z.string().min(1).optional() });
export type FeedSecret = z.infer<typeof feedSecret>;

/** On failure it throws an error without the text, because the text contains a key. */
export function readFeedSecret(text: string): FeedSecret {
  const { data } = feedSecret.safeParse(jsonOf(text));
  if (!data)
    throw new Error("The secret of a feed is not { current, previous }: 'npm run feed -- secret set'");
  return data;
}

export function feedKeys(text: string): readonly string[] {
  const { current, previous } = readFeedSecret(text);
  return previous === undefined ? [current] : [current, previous];
}

/** The former key stays valid until the vendor has the new one. */
export const withNewKey = ({ current }: FeedSecret, key: string): FeedSecret => ({
  current: key,
  previous: current,
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { after, headerOf, type Post, refused, type Verdict } from './post.ts';
import { isSameHeader, type SignatureCheck, type TokenCheck, type Verify } from './webhook.ts';

/**
 * Checks a signature or key against all keys of the feed, current and previous. Every key is compared, in constant
 * time, so that the response time does not reveal how much of a guess was right.
 */
export function verifyPost(
  post: Post,
  check: Exclude<Verify, TokenCheck>,
  keys: readonly string[],
  now: string,
): Verdict {
  if (check.by === 'signature') return verifySignature(post, check, keys, now);
  const given =
    check.by === 'key in a header'
      ? after(headerOf(post, check.header), check.prefix)
      : post.parameters.get(check.parameter);
  if (given === undefined || given === '') return refused('missing');
  return isOneOf(keys, given) ? { ok: true } : refused('wrong');
}

/** Compares hashes, because these have equal length whatever the keys are. */
export const isOneOf = (keys: readonly string[], given: unknown): boolean =>
  typeof given === 'string' && fits(keys, (key) => isSame(sha256(given), sha256(key)));

function verifySignature(post: Post, check: SignatureCheck, keys: readonly string[], now: string): Verdict {
  const given = signaturesIn(post, check);
  const signed = signedBytes(post, check);
  if (given.length === 0 || !signed) return refused('missing');
  const isSigned = fits(keys, (key) => {
    const bytes = keyBytes(key, check);
    if (!bytes) return false;
    const expected = createHmac(check.algorithm, bytes).update(signed).digest();
    return fits(given, (one) => isSame(one, expected));
  });
  if (!isSigned) return refused('wrong');
  if (!check.time) return { ok: true };
  const time = timeIn(post, check) ?? '';
  return isWithin(check.time, time, now) ? { ok: true, signed: time } : refused('old');
}

/** Tries every item and does not stop at the first match. */
const fits = <Item>(items: readonly Item[], does: (item: Item) => boolean): boolean =>
  items.map(does).includes(true);

/** Compares digests of one length; anything of another length is not a signature. */
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest();

function signaturesIn(post: Post, check: SignatureCheck): Uint8Array[] {
  const { header, prefix, encoding } = check;
  return entriesIn(post, header, check).flatMap((one) => {
    const written = after(one, prefix);
    return written === undefined || written === '' ? [] : [Buffer.from(written, encoding)];
  });
}

/** The time may stand in a header of its own or next to the signature: `t=1795000000,v1=5257a8…`. */
const timeIn = (post: Post, check: SignatureCheck): string | undefined =>
  check.time &&
  entriesIn(post, check.time.header, check)
    .map((one) => after(one, check.time?.prefix))
    .find((one) => one !== undefined && one !== '');

/** Only the signature's header is split: an instant in a header of its own may contain the separator. */
function entriesIn(post: Post, name: string, { header, separator }: SignatureCheck): readonly string[] {
  const text = headerOf(post, name) ?? '';
  if (separator === undefined || !isSameHeader(name, header)) return [text];
  return text.split(separator).map((one) => one.trim());
}

/** Undefined if a signed part was not sent. */
function signedBytes(post: Post, check: SignatureCheck): Uint8Array | undefined {
  const { over, joinedBy, id } = check;
  const parts = over.map((part) => {
    if (part === 'body') return post.body;
    const text = part === 'time' ? timeIn(post, check) : id && headerOf(post, id.header);
    return text === undefined ? undefined : Buffer.from(text);
  });
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return Buffer.concat(known.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from(joinedBy), part])));
}

/**
 * The key as bytes. The vendor's prefix in front of it is not part of the key. Undefined if the key is not in the
 * vendor's encoding: decoding it anyway would give a shorter key or an empty one, and anybody can sign with that.
 */
export function keyBytes(key: string, { key: { encoding, prefix } }: SignatureCheck): Buffer | undefined {
  const written = after(key, prefix) ?? key;
  if (!writings[encoding].test(written)) return undefined;
  return Buffer.from(written, encoding === 'text' ? 'utf8' : encoding);
}

const writings = {
  text: /./,
  base64: /^[\w+/-]{2,}={0,2}$/,
  hex: /^(?:[\da-f]{2})+$/i,
} as const satisfies Record<SignatureCheck['key']['encoding'], RegExp>;

function isWithin(
  { as, withinMinutes }: NonNullable<SignatureCheck['time']>,
  text: string,
  now: string,
): boolean {
  const at = as === 'instant' ? Date.parse(text) : Number(text) * (as === 'seconds' ? 1_000 : 1);
  return Math.abs(Date.parse(now) - at) <= withinMinutes * 60_000;
}

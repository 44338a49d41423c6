import { createHmac } from 'node:crypto';
import { keyBytes } from '../functions/feeds/verify-post.ts';
import { isSameHeader, type SignatureCheck, type Verify } from '../functions/feeds/webhook.ts';

/** What a vendor adds to a post to prove that it is genuine. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Signing {
  readonly key: string;
  readonly body: string;
  /** The id of the post. */
  readonly id: string;
  /** The current time on the run's clock. */
  readonly now: number;
}

/** The proof that the vendor would send; undefined for tokens, which only their issuer can make. */
export function proofOf(check: Verify, { key, ...signing }: Signing): Proof | undefined {
  switch (check.by) {
    case 'signature':
      return { headers: signed(check, { key, ...signing }), parameters: {} };
    case 'key in a header':
      return { headers: { [check.header]: `${check.prefix ?? ''}${key}` }, parameters: {} };
    case 'key in the address':
      return { headers: {}, parameters: { [check.parameter]: key } };
    case 'token':
      return undefined;
  }
}

function signed(check: SignatureCheck, { key, body, id, now }: Signing): Readonly<Record<string, string>> {
  const parts = { body, id, time: check.time ? timeAs(check.time.as, now) : '' };
  const bytes = keyBytes(key, check);
  if (!bytes) throw new Error(`The key is not written as ${check.key.encoding}`);
  const signature = createHmac(check.algorithm, bytes)
    .update(check.over.map((part) => parts[part]).join(check.joinedBy))
    .digest(check.encoding);
  const written = `${check.prefix ?? ''}${signature}`;
  return { ...timeBeside(check, parts.time, written), ...(check.id ? { [check.id.header]: id } : {}) };
}

/** The time in a header of its own, or in the signature's. */
function timeBeside(
  { header, separator = '', time }: SignatureCheck,
  signedAt: string,
  signature: string,
): Readonly<Record<string, string>> {
  if (!time) return { [header]: signature };
  const at = `${time.prefix ?? ''}${signedAt}`;
  return isSameHeader(time.header, header)
    ? { [header]: `${at}${separator}${signature}` }
    : { [time.header]: at, [header]: signature };
}

function timeAs(as: NonNullable<SignatureCheck['time']>['as'], now: number): string {
  if (as === 'instant') return new Date(now).toISOString();
  return String(as === 'seconds' ? Math.floor(now / 1_000) : now);
}

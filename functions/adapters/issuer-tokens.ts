import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { after, headerOf, type Post, refused, type Verdict } from '../feeds/post.ts';
import type { Tokens } from '../feeds/post-ports.ts';
import { isOneOf } from '../feeds/verify-post.ts';
import type { TokenCheck } from '../feeds/webhook.ts';

/** How long a key that the issuer withdrew is still trusted. */
const KEPT_MS = 10 * 60_000;
/** The least time between two fetches for an unknown key id: anybody can invent one. */
const AT_MOST_EVERY_MS = 30_000;
const TIMEOUT_MS = 2_000;
const CLOCKS_DIFFER_SECONDS = 60;

/**
 * Key-pair algorithms only. If shared secrets were allowed, anybody could sign with the issuer's public key as the
 * secret.
 */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

/** Tokens of issuers that publish their keys. The keys are kept for the life of the process. */
export class IssuerTokens implements Tokens {
  readonly #fetch: FetchImplementation;
  readonly #keySets = new Map<string, JWTVerifyGetKey>();

  constructor(fetchKeys: FetchImplementation) {
    this.#fetch = fetchKeys;
  }

  async verify(post: Post, check: TokenCheck, ours: readonly string[], now: string): Promise<Verdict> {
    const token = after(headerOf(post, check.header), 'Bearer ');
    if (token === undefined) return refused('missing');
    try {
      const { payload } = await jwtVerify(token, this.#keysOf(check.keySet), {
        ...{ issuer: check.issuer, audience: check.audience, algorithms: ALGORITHMS },
        ...{ currentDate: new Date(now), clockTolerance: CLOCKS_DIFFER_SECONDS, requiredClaims: ['exp'] },
      });
      const isOurs = check.ours.every((claim) => isOneOf(ours, payload[claim]));
      return isOurs ? { ok: true } : refused('wrong');
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refused('old');
      if (wrong.some((kind) => error instanceof kind)) return refused('wrong');
      throw error;
    }
  }

  #keysOf(url: string): JWTVerifyGetKey {
    const known = this.#keySets.get(url);
    if (known) return known;
    const keySet = createRemoteJWKSet(new URL(url), {
      ...{ cacheMaxAge: KEPT_MS, cooldownDuration: AT_MOST_EVERY_MS, timeoutDuration: TIMEOUT_MS },
      [customFetch]: this.#fetch,
    });
    this.#keySets.set(url, keySet);
    return keySet;
  }
}

/** The library's errors about the token itself. Any other error means that the issuer's keys could not be read. */
const wrong = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

import * as z from 'zod';
import type { Received } from '../contracts/fact-version.ts';
import { contentHash } from './hash.ts';

const withCorrelation = z.looseObject({ correlationId: z.unknown().optional() });

/**
 * Adds to a fact what orders its versions: when its event or file was sent, and a hash of its content. The
 * correlation id is not part of the content.
 */
export function received<T>(fact: T, sentAt: string | undefined): Received<T> {
  const { correlationId: _story, ...content } = withCorrelation.parse(fact);
  return Object.assign({}, fact, { sentAt, contentHash: contentHash(content) });
}

import * as z from 'zod';
import type { Received } from '../contracts/fact-version.ts';
import { contentHash } from './hash.ts';

const withCorrelation = z.looseObject({ correlationId: z.unknown().optional() });

/**
 * Adds to a fact what decides between two versions of it: when its event or its file was sent, and what it says. A
 * correlation id says nothing about the fact.
 */
export function received<T>(fact: T, sentAt: string | undefined): Received<T> {
  const { correlationId: _story, ...content } = withCorrelation.parse(fact);
  return Object.assign({}, fact, { sentAt, contentHash: contentHash(content) });
}

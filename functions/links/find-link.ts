import { timingSafeEqual } from 'node:crypto';
import { hashOf, type Link } from './link.ts';

/** Finds the link that a secret belongs to. Compares every hash in constant time. */
export function findLink(links: readonly Link[], secret: string): Link | undefined {
  const given = Buffer.from(hashOf(secret));
  return links.filter(({ hash }) => isSame(given, Buffer.from(hash))).at(0);
}

const isSame = (given: Buffer, kept: Buffer) => given.length === kept.length && timingSafeEqual(given, kept);

import * as z from 'zod';
import { careful, type EdgeReading, edge } from './edge.ts';

/** The ways in which a dealer contacts a customer. */
export const channels = ['email', 'phone', 'text', 'mail'] as const;
export type Channel = (typeof channels)[number];

const answer = careful(z.boolean(), false).optional();

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1']);

/** `mayContact: false` is a no to every channel. A yes to everything contains nothing to store. */
function readForAll(written: unknown): EdgeReading {
  if (typeof written === 'object') return { value: written };
  const isYes = YES.has(String(written).trim().toLowerCase());
  return { value: isYes ? {} : Object.fromEntries(channels.map((channel) => [channel, false])) };
}

/** What a customer says about being contacted, channel by channel. */
export const mayContact = z
  .looseObject({
    email: answer.describe('`false`: no email of any kind'),
    phone: answer.describe('`false`: do not call'),
    text: answer.describe(
      '`false`: no text message. Left out: not allowed either, because a text needs a written yes',
    ),
    mail: answer.describe('`false`: no letter by post'),
  })
  .describe(
    'By what the customer may be contacted. A `false` is permanent, for every store of the group; a later `true` does not lift ' +
      'it. Only the customer takes a no back, on their own page, or an operator for them, with `opt-outs lift`',
  )
  .register(edge, { read: readForAll });
export type MayContact = z.infer<typeof mayContact>;

import * as z from 'zod';
import { storeId } from '../contracts/fields.ts';
import { outgoingEvents } from '../contracts/outgoing.ts';
import { publicUrl } from './public-url.ts';

const names = outgoingEvents.map(({ detailType }) => detailType);
const [first, ...others] = names;
const outgoing = z.enum(first === undefined ? [] : [first, ...others]);
const ofTasks = names.filter((name) => name.startsWith('handoff-task-'));

/** Another system that follows our events: EventBridge posts each event to its JSON API. */
export const apiDestination = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, "expected a short lower-case name such as 'crm'")
    .describe('Names the destination, its rule and its queue'),
  url: publicUrl.describe('Gets a POST with the whole event as JSON. It has to answer within five seconds'),
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, "expected the name of a header such as 'x-api-key'")
    .default('x-api-key')
    .describe('The header that carries the secret. `Authorization` for one that begins with `Bearer`'),
  secretArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:secretsmanager:/, "expected the ARN of a secret, 'arn:aws:secretsmanager:…'")
    .describe('The secret whose whole text is the value of the header. It is read at each deploy'),
  events: z
    .array(outgoing)
    .min(1)
    .default(ofTasks)
    .describe('Which events. Left out: every `handoff-task-*`'),
  stores: z.array(storeId).min(1).optional().describe('Of these stores only. Left out: of all'),
  perSecond: z.number().int().min(1).max(300).default(10).describe('The most calls in a second'),
});

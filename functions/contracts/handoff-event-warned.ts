import * as z from 'zod';
import type { Contract } from './contract.ts';
import { oddFacts } from './warnings.ts';

export const handoffEventWarned = {
  detailType: 'handoff-event-warned',
  title: 'An event was accepted, but some of it is odd, was left out or was cut',
  sentBy: 'this software',
  key: 'eventId',
  foundBy: 'eventId, the id that PutEvents answered',
  schema: z.looseObject({
    version: z.literal(1).default(1).describe("The contract's version"),
    eventId: z.string().describe('The id that PutEvents gave the event. The same again was delivered twice'),
    occurredAt: z.iso.datetime().describe('When it was accepted'),
    eventSource: z.string().describe("The event's source"),
    eventDetailType: z.string().describe("The event's detail type"),
    warnings: z
      .array(
        z.looseObject({
          path: z.string().describe('The field, such as `customer.email`'),
          // Text rather than an enum: a new warning must not break consumers that validate events.
          code: z
            .string()
            .describe(`What is odd: ${oddFacts.map((code) => `\`${code}\``).join(', ')}. More may follow`),
          message: z.string().describe('In words, with what was expected; never the value'),
        }),
      )
      .describe('What was odd'),
  }),
} satisfies Contract;
export type HandoffEventWarned = z.infer<typeof handoffEventWarned.schema>;

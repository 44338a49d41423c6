import * as z from 'zod';
import type { Contract } from './contract.ts';

export const handoffEventRefused = {
  detailType: 'handoff-event-refused',
  title: 'An event was refused or could not be worked on; it is kept, with the reason',
  sentBy: 'this software',
  key: 'refusalId',
  foundBy: 'refusalId, or the event id that PutEvents answered',
  schema: z.looseObject({
    version: z.literal(1).default(1).describe("The contract's version"),
    refusalId: z
      .string()
      .describe('Under which it is kept. Of an event that several functions failed on there is one for each'),
    occurredAt: z.iso.datetime().describe('When it was refused'),
    eventId: z.string().optional().describe('The id that PutEvents gave the event, where it is known'),
    eventSource: z.string().optional().describe("The event's source"),
    eventDetailType: z.string().optional().describe("The event's detail type"),
    reason: z.string().describe('Names fields and what was expected; never their values'),
  }),
} satisfies Contract;
export type HandoffEventRefused = z.infer<typeof handoffEventRefused.schema>;

import * as z from 'zod';
import type { Contract } from './contract.ts';

export const handoffEventRefused = {
  detailType: 'handoff-event-refused',
  title: 'An event was refused or could not be worked on; it is kept, with the reason',
  sentBy: 'this software',
  key: 'refusalId',
  foundBy: 'refusalId, or the event id that PutEvents answered',
  schema: z.looseObject({
    version: z.literal(1).default(1),
    refusalId: z.string(),
    occurredAt: z.iso.datetime(),
    /** The id that PutEvents gave the event, where it is known. */
    eventId: z.string().optional(),
    eventSource: z.string().optional(),
    eventDetailType: z.string().optional(),
    /** Names fields and what was expected; never their values. */
    reason: z.string(),
  }),
} satisfies Contract;
export type HandoffEventRefused = z.infer<typeof handoffEventRefused.schema>;

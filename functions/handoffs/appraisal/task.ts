import * as z from 'zod';
import { storedFact, versionFields } from '../../contracts/fact-version.ts';
import { repairQuoted } from '../../contracts/repair-quoted.ts';
import { sharedMessages } from '../../handoff/shared-messages.ts';
import { taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { NamedTraits } from '../../handoff/traits.ts';

/** An appraisal has no log entries of its own. */
export const notes = z.never();

export const appraisalSchema = z.object({
  ...taskFields({
    messages: z.enum([...sharedMessages, 'appraisal-wanted']),
    outcomes: z.enum([
      'appraised',
      'taken back',
      'repair chosen',
      'order closed',
      'order voided',
      'nobody appraised it',
    ]),
    notes,
    emailNotes: z.never(),
    undoKeeps: z.object({}),
  }),
  kind: z.literal('appraisal'),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({
    /** The latest request from the advisor's side: a number is wanted, or no longer. */
    asked: z.object({ ...versionFields, by: z.string().optional() }).optional(),
    /** The order's quote at the time of the request. */
    quote: storedFact(repairQuoted.schema).optional(),
    appraised: z.object({ cents: z.number().int(), by: z.string() }).optional(),
  }),
});
export type Appraisal = z.infer<typeof appraisalSchema>;

export const appraisalTraits: NamedTraits<Appraisal> = {
  kind: 'appraisal',
  numbers: ['roNumber'],
  department: 'sales',
  assignmentMessage: () => 'appraisal-wanted',
  unfinished: 'nobody appraised it',
  emailKind: 'upgrade',
  isWaitedFor: ['accept', 'complete'],
};

export const blankAppraisal = (storeId: string, roNumber: string, now: string, use = 1): Appraisal => ({
  ...blank('appraisal', storeId, [roNumber], now, use),
  subject: { roNumber },
  facts: {},
});

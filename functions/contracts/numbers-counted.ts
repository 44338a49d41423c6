import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields } from './fields.ts';

export const numbersCounted = {
  detailType: 'numbers-counted',
  title: "A store's numbers of the week, or the group's, were counted and can be read",
  sentBy: 'this software',
  key: 'storeId + week; week alone for the numbers of the group',
  foundBy: 'storeId and week. The same week can be counted again: it is the same event',
  schema: z.looseObject({
    version: envelopeFields.version,
    storeId: envelopeFields.storeId
      .optional()
      .describe('Whose numbers; left out they are those of the group'),
    week: z.iso.date().describe('The last whole week in them, by its Monday'),
    occurredAt: z.iso.datetime().describe('When the counting began'),
  }),
} satisfies Contract;
export type NumbersCounted = z.infer<typeof numbersCounted.schema>;

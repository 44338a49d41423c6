import * as z from 'zod';
import type { GroupSettings } from '../../lib/group-settings.ts';
import { synthesize, theOnly } from './synthesized.ts';

const table = z.object({
  TableInput: z.object({
    StorageDescriptor: z.object({ Columns: z.array(z.object({ Name: z.string(), Type: z.string() })) }),
  }),
});

/** The columns of the table over the month files, as the template of a group has them. */
export const glueColumns = (group: GroupSettings): { name: string; type: string }[] =>
  table
    .parse(theOnly(synthesize(group).template, 'AWS::Glue::Table'))
    .TableInput.StorageDescriptor.Columns.map(({ Name: name, Type: type }) => ({ name, type }));

import { readBy } from '../contracts/problems.ts';
import { contradictionsIn } from './contradictions.ts';
import { type Group, wholeFile } from './settings.ts';

export const groupFile = wholeFile.superRefine((file, context) => {
  for (const problem of contradictionsIn(file)) context.addIssue({ code: 'custom', ...problem });
});

class GroupFileError extends Error {
  override readonly name = 'GroupFileError';
}

/** Reads a group's file. Throws {@link GroupFileError} naming every path that is wrong and what was expected. */
export function parseGroup(json: unknown): Group {
  const read = readBy(groupFile, json);
  if (read.ok) return read.value;
  const lines = read.problems.map(({ path, message }) => `  ${path || '(file)'}: ${message}`);
  const places = lines.length === 1 ? 'one place' : `${lines.length} places`;
  throw new GroupFileError(`The dealer group's file is wrong in ${places}:\n${lines.join('\n')}`);
}

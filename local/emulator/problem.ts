import * as z from 'zod';

/** Something the person at the terminal can mend: shown as one line, without a stack trace. */
export class Problem extends Error {
  override name = 'Problem';
}

/** Parses what came from outside; a failure names where it stood and what was expected. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(`${where}: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

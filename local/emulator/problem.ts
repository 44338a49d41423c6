import * as z from 'zod';

/** A problem that the person at the terminal can fix: shown as one line, without a stack trace. */
export class Problem extends Error {
  override name = 'Problem';
}

/** Parses outside data; a failure names the place and the expected form. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(`${where}: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

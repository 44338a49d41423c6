import type { FunctionName } from '../../functions/lambdas.ts';
import type { LogLine } from '../../functions/runtime/log-lines.ts';

/**
 * Where the reader of an alarm sees which events, handoffs or people it is about. It is never empty while the alarm
 * rings, and asks for nothing that the reader does not know yet. Metrics of AWS that name nothing of ours lead to a
 * place of AWS.
 */
export type WhereToLook =
  | { readonly command: string; readonly shows: string }
  | { readonly logLine: LogLine; readonly of?: FunctionName }
  | { readonly inAws: string };

export function whereToLook(where: WhereToLook): string {
  if ('command' in where) return `${where.command} ${where.shows}.`;
  if ('inAws' in where) return where.inAws;
  const groups = where.of ? `the log group of ${where.of}` : "the functions' log groups";
  return `Logs Insights over ${groups}: ${queryFor(where.logLine)}.`;
}

/** In the language of CloudWatch Logs Insights. */
export const queryFor = ({ message, fields }: LogLine): string =>
  `filter message = "${message}" | display ${fields.join(', ')}`;

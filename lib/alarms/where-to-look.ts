import type { FunctionName } from '../../functions/lambdas.ts';
import type { LogLine } from '../../functions/runtime/log-lines.ts';

/**
 * Where the reader of an alarm finds the events, handoffs or people that it is about. The place is never empty while
 * the alarm is on, and needs nothing that the reader does not know yet. AWS metrics that name nothing of ours lead to
 * a page of AWS.
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

/** The query in the language of CloudWatch Logs Insights. */
export const queryFor = ({ message, fields }: LogLine): string =>
  `filter message = "${message}" | display ${fields.join(', ')}`;

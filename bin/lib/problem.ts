/** Expected errors of commands. Any other error is a bug in this software. */
export const exitCodes = { fine: 0, wrong: 1, usage: 2 } as const;

/** The operation failed or found a problem; printed without a stack trace. */
export class Problem extends Error {
  override readonly name: string = 'Problem';
  readonly exitCode: number = exitCodes.wrong;
}

/** The command cannot start: an argument is missing, unknown or unreadable. The message says what was expected. */
export class UsageProblem extends Problem {
  override readonly name = 'UsageProblem';
  override readonly exitCode = exitCodes.usage;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

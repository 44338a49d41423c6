import type { Contract } from './contracts/contract.ts';
import type { environments } from './runtime/environment.ts';

/** A function, as the stack makes it: an entry of lambdas.ts. */
export interface Lambda {
  /** The file that exports the handler, below functions/. */
  readonly entry: string;
  readonly description: string;
  /** The contracts whose events a rule of the bus routes to it, by detail type. */
  readonly handles: Readonly<Record<string, Contract>>;
  /**
   * Contracts whose facts it also receives, beside the function that handles them: one rule for all of them. It refuses
   * none: the other function does.
   */
  readonly hears?: Readonly<Record<string, Contract>>;
  readonly environment: keyof typeof environments;
  readonly timeoutSeconds: number;
  /** Left out: 512. Lambda gives computing power by memory, a whole processor with 1,769. */
  readonly megabytes?: number;
  /** What follows a failed asynchronous invocation. Left out: the function is invoked synchronously. */
  readonly retries?: {
    readonly attempts: 0 | 1 | 2;
    readonly withinMinutes: number;
    /** Whether the event goes to a dead-letter queue when the last attempt failed. */
    readonly thenKept: boolean;
  };
}

export const eventRetries = { attempts: 2, withinMinutes: 360, thenKept: true } as const;

/** What all functions share that decide about an event and send what follows from it. */
export const decidesOnEvents = {
  environment: 'sending',
  timeoutSeconds: 30,
  retries: eventRetries,
} as const;

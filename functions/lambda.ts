import type { Contract } from './contracts/contract.ts';
import type { environments } from './runtime/environment.ts';

/** A Lambda function as the stack creates it: one entry of lambdas.ts. */
export interface Lambda {
  /** The file that exports the handler, below functions/. */
  readonly entry: string;
  readonly description: string;
  /** The contracts whose events a rule of the bus routes to it, by detail type. */
  readonly handles: Readonly<Record<string, Contract>>;
  /**
   * Contracts whose facts the function receives in addition to the function that handles them, by one rule for all.
   * It refuses none of them: the handling function does.
   */
  readonly hears?: Readonly<Record<string, Contract>>;
  readonly environment: keyof typeof environments;
  readonly timeoutSeconds: number;
  /** Left out: 512. Lambda assigns CPU in proportion to memory: a full vCPU at 1,769 MB. */
  readonly megabytes?: number;
  /** What happens after an asynchronous invocation failed. Left out: the function is invoked synchronously. */
  readonly retries?: {
    readonly attempts: 0 | 1 | 2;
    readonly withinMinutes: number;
    /** Whether the event goes to a dead-letter queue when the last attempt failed. */
    readonly thenKept: boolean;
  };
}

export const eventRetries = { attempts: 2, withinMinutes: 360, thenKept: true } as const;

/** What all functions share that decide about an event and send the resulting emails and events. */
export const decidesOnEvents = {
  environment: 'sending',
  timeoutSeconds: 30,
  retries: eventRetries,
} as const;

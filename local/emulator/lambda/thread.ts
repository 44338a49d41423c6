import { Worker } from 'node:worker_threads';
import { messageOf } from '../problem.ts';
import type { FunctionSpec } from '../stack/functions.ts';
import type { Answer, Call, FunctionError, ThreadSettings } from './messages.ts';

export type Outcome = { ok: true; payload: unknown } | { ok: false; error: FunctionError };

interface ThreadSurroundings {
  environment: Record<string, string>;
  offsetMs: BigInt64Array<SharedArrayBuffer>;
  apisAt: Readonly<Record<string, string>>;
  log: (chunk: string) => void;
}

/** The time that Lambda gives a module to load before the handler's own time starts. */
const loadLimitMs = 10_000;

const failed = (errorType: string, errorMessage: string): Outcome => ({
  ok: false,
  error: { errorType, errorMessage, trace: [] },
});

function startWorker(spec: FunctionSpec, { environment, offsetMs, apisAt, log }: ThreadSurroundings): Worker {
  const settings: ThreadSettings = {
    codeDirectory: spec.codeDirectory,
    handler: spec.handler,
    offsetMs,
    functionName: spec.name,
    functionArn: spec.arn,
    memoryMb: spec.memoryMb,
    apisAt,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: settings,
    env: environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
  });
  worker.stdout.setEncoding('utf8').on('data', log);
  worker.stderr.setEncoding('utf8').on('data', log);
  return worker;
}

function crashed(spec: FunctionSpec, error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return failed('Runtime.OutOfMemory', `Runtime exited: more than ${spec.memoryMb} MB of memory in use`);
  }
  return failed('Runtime.ExitError', `Runtime exited: ${messageOf(error)}`);
}

/** One execution environment: a thread that keeps a function's module loaded. */
export class Thread {
  readonly #spec: FunctionSpec;
  readonly #worker: Worker;
  #alive = true;
  #loaded = false;
  #finish: ((outcome: Outcome) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(spec: FunctionSpec, surroundings: ThreadSurroundings) {
    this.#spec = spec;
    this.#worker = startWorker(spec, surroundings);
    this.#worker.on('message', (answer: Answer) => this.#receive(answer));
    this.#worker.on('error', (error) => this.#die(crashed(spec, error)));
    this.#worker.on('exit', (code) => this.#die(crashed(spec, new Error(`exit status ${code}`))));
  }

  /** False after it has crashed or timed out. */
  get alive(): boolean {
    return this.#alive;
  }

  call(requestId: string, payload: unknown): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      if (this.#loaded) this.#allowHandler();
      else this.#allow(loadLimitMs, 'The function did not load within 10 seconds');
      const call: Call = {
        requestId,
        payload: JSON.stringify(payload),
        timeoutMs: this.#spec.timeoutSeconds * 1000,
      };
      this.#worker.postMessage(call);
    });
  }

  /** Stopping is not a failure: a running call is repeated at the next start. */
  async end(): Promise<void> {
    this.#alive = false;
    this.#finish = undefined;
    clearTimeout(this.#timer);
    await this.#worker.terminate();
  }

  #receive(answer: Answer): void {
    if (answer.type === 'returned') {
      this.#settle({ ok: true, payload: JSON.parse(answer.payload) });
    } else if (answer.type === 'failed') {
      const outcome: Outcome = { ok: false, error: answer.error };
      if (this.#loaded) this.#settle(outcome);
      else this.#die(outcome);
    } else {
      if (!this.#loaded) this.#allowHandler();
      this.#loaded = true;
    }
  }

  #allow(milliseconds: number, message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#die(failed('Sandbox.Timedout', message)), milliseconds);
  }

  #allowHandler(): void {
    const seconds = this.#spec.timeoutSeconds.toFixed(2);
    this.#allow(this.#spec.timeoutSeconds * 1000, `Task timed out after ${seconds} seconds`);
  }

  #settle(outcome: Outcome): void {
    clearTimeout(this.#timer);
    this.#finish?.(outcome);
    this.#finish = undefined;
  }

  #die(outcome: Outcome): void {
    this.#alive = false;
    this.#settle(outcome);
    void this.#worker.terminate();
  }
}

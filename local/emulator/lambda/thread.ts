import { Worker } from 'node:worker_threads';
import { messageOf } from '../problem.ts';
import type { FunctionSpec } from '../stack/functions.ts';
import type { Answer, Call, FunctionError, ThreadSettings } from './messages.ts';

export type Outcome = { ok: true; payload: unknown } | { ok: false; error: FunctionError };

/** One execution environment: a thread that keeps a function's module loaded. */
export interface Thread {
  call(requestId: string, payload: unknown): Promise<Outcome>;
  /** False once it has crashed or timed out. */
  alive(): boolean;
  end(): Promise<void>;
}

export interface ThreadSurroundings {
  environment: Record<string, string>;
  offsetMs: BigInt64Array<SharedArrayBuffer>;
  log: (chunk: string) => void;
}

/** Lambda gives the module this long to load before the handler's own time starts. */
const loadLimitMs = 10_000;

const failed = (errorType: string, errorMessage: string): Outcome => ({
  ok: false,
  error: { errorType, errorMessage, trace: [] },
});

function startWorker(spec: FunctionSpec, { environment, offsetMs, log }: ThreadSurroundings): Worker {
  const settings: ThreadSettings = {
    codeDirectory: spec.codeDirectory,
    handler: spec.handler,
    offsetMs,
    functionName: spec.name,
    functionArn: spec.arn,
    memoryMb: spec.memoryMb,
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

export function openThread(spec: FunctionSpec, surroundings: ThreadSurroundings): Thread {
  const worker = startWorker(spec, surroundings);
  let alive = true;
  let loaded = false;
  let finish: ((outcome: Outcome) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  const settle = (outcome: Outcome): void => {
    clearTimeout(timer);
    finish?.(outcome);
    finish = undefined;
  };
  const die = (outcome: Outcome): void => {
    alive = false;
    settle(outcome);
    void worker.terminate();
  };
  const allow = (milliseconds: number, message: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => die(failed('Sandbox.Timedout', message)), milliseconds);
  };
  const allowHandler = (): void => {
    const seconds = spec.timeoutSeconds.toFixed(2);
    allow(spec.timeoutSeconds * 1000, `Task timed out after ${seconds} seconds`);
  };
  worker.on('message', (answer: Answer) => {
    if (answer.type === 'returned') return settle({ ok: true, payload: JSON.parse(answer.payload) });
    if (answer.type === 'failed' && loaded) return settle({ ok: false, error: answer.error });
    if (answer.type === 'failed') return die({ ok: false, error: answer.error });
    if (!loaded) allowHandler();
    loaded = true;
  });
  worker.on('error', (error) => die(crashed(spec, error)));
  worker.on('exit', (code) => die(crashed(spec, new Error(`exit status ${code}`))));

  return {
    alive: () => alive,
    call: (requestId, payload) =>
      new Promise((resolve) => {
        finish = resolve;
        if (loaded) allowHandler();
        else allow(loadLimitMs, 'The function did not load within 10 seconds');
        const call: Call = {
          requestId,
          payload: JSON.stringify(payload),
          timeoutMs: spec.timeoutSeconds * 1000,
        };
        worker.postMessage(call);
      }),
    end: async () => {
      alive = false;
      // Being stopped is no failure: what was under way is done again at the next start.
      finish = undefined;
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}

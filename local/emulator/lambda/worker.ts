import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Call, ThreadSettings } from './messages.ts';
import { fetchPlayed } from './outside.ts';

const settings: ThreadSettings = workerData;
const RealDate = Date;
const localNow = (): number => RealDate.now() + Number(Atomics.load(settings.offsetMs, 0));

/** Called before any bundle is imported: a library that stores `Date.now` must store the patched one. */
function patchDate(): void {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [localNow()] : args, newTarget),
    apply: () => new RealDate(localNow()).toString(),
    get: (target, key) => (key === 'now' ? localNow : Reflect.get(target, key)),
  });
  RealDate.prototype.constructor = globalThis.Date;
}

type Handler = (event: unknown, context: object) => unknown;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';

async function load(): Promise<Handler> {
  const dot = settings.handler.lastIndexOf('.');
  const path = join(settings.codeDirectory, settings.handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => path + extension).find(existsSync);
  if (!file) throw new Error(`Cannot find module '${settings.handler.slice(0, dot)}'`);
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const handler = module[settings.handler.slice(dot + 1)];
  if (!isHandler(handler)) throw new Error(`${settings.handler} is undefined or not exported`);
  return handler;
}

function contextOf(call: Call): object {
  const endsAt = performance.now() + call.timeoutMs;
  return {
    awsRequestId: call.requestId,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
  };
}

function failure(error: unknown): Answer {
  if (!(error instanceof Error)) {
    return { type: 'failed', error: { errorType: typeof error, errorMessage: String(error), trace: [] } };
  }
  const { name, message, stack } = error;
  return {
    type: 'failed',
    error: { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') },
  };
}

patchDate();
globalThis.fetch = fetchPlayed(globalThis.fetch, settings.apisAt);
// A thread has an environment of its own, which Node does not check for options.
if (process.env['NODE_OPTIONS']?.includes('--enable-source-maps')) process.setSourceMapsEnabled(true);
let loading: Promise<Handler> | undefined;

async function answer(call: Call): Promise<Answer> {
  try {
    loading ??= load();
    const handler = await loading;
    parentPort?.postMessage({ type: 'loaded' } satisfies Answer);
    const result = await handler(JSON.parse(call.payload), contextOf(call));
    return { type: 'returned', payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return failure(error);
  }
}

parentPort?.on('message', (call: Call) => {
  void answer(call).then((message) => parentPort?.postMessage(message));
});

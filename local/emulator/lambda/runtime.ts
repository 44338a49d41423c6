import { account, region } from '../aws.ts';
import type { Clock } from '../clock.ts';
import { accessKeyOf } from '../iam/access.ts';
import { Problem } from '../problem.ts';
import type { FunctionSpec } from '../stack/functions.ts';
import { openLog } from './log.ts';
import { type Outcome, Thread } from './thread.ts';

interface Pool {
  spec: FunctionSpec;
  idle: Thread[];
  open: Set<Thread>;
  waiting: (() => void)[];
}

/** The template's variables and those that Lambda adds. The endpoints point to the local run. */
function environmentOf(spec: FunctionSpec, awsUrl: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    ...spec.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyOf(spec.name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ACCOUNT_ID: account,
    LAMBDA_TASK_ROOT: spec.codeDirectory,
    _HANDLER: spec.handler,
    ...Object.fromEntries(
      ['DYNAMODB', 'SESV2', 'EVENTBRIDGE', 'SQS', 'S3', 'SECRETS_MANAGER', 'ATHENA'].map((service) => [
        `AWS_ENDPOINT_URL_${service}`,
        awsUrl,
      ]),
    ),
  };
}

interface RuntimeOptions {
  functions: FunctionSpec[];
  awsUrl: string;
  clock: Clock;
  logFile: string;
  /** Local addresses that stand in for external APIs, by host name. */
  apisAt?: ReadonlyMap<string, string> | undefined;
}

/** Invokes the template's functions, each in its own threads, which stay warm. */
export class Runtime {
  readonly #options: RuntimeOptions;
  readonly #pools: Map<string, Pool>;
  readonly #log: (text: string) => void;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#pools = new Map(
      options.functions.map((spec) => [spec.name, { spec, idle: [], open: new Set(), waiting: [] }]),
    );
    this.#log = openLog(options.logFile);
  }

  async invoke(functionName: string, requestId: string, payload: unknown): Promise<Outcome> {
    const pool = this.#pools.get(functionName);
    if (!pool) throw new Problem(`no function is called ${functionName}`);
    const thread = await this.#take(pool);
    const outcome = await thread.call(requestId, payload);
    this.#release(pool, thread);
    return outcome;
  }

  async stop(): Promise<void> {
    const threads = [...this.#pools.values()].flatMap((pool) => [...pool.open]);
    await Promise.all(threads.map((thread) => thread.end()));
  }

  #open(pool: Pool): Thread {
    const { awsUrl, clock, apisAt = new Map() } = this.#options;
    const thread = new Thread(pool.spec, {
      environment: environmentOf(pool.spec, awsUrl),
      offsetMs: clock.offsetMs,
      apisAt: Object.fromEntries(apisAt),
      log: (chunk) => this.#log(`[${pool.spec.id}] ${chunk.endsWith('\n') ? chunk : `${chunk}\n`}`),
    });
    pool.open.add(thread);
    return thread;
  }

  async #take(pool: Pool): Promise<Thread> {
    for (;;) {
      const idle = pool.idle.pop();
      if (idle?.alive) return idle;
      if (idle) pool.open.delete(idle);
      else if (pool.open.size < pool.spec.concurrency) return this.#open(pool);
      else await new Promise<void>((free) => pool.waiting.push(free));
    }
  }

  #release(pool: Pool, thread: Thread): void {
    if (thread.alive) pool.idle.push(thread);
    else pool.open.delete(thread);
    pool.waiting.shift()?.();
  }
}

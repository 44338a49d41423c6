/** Plays many runs of the whole system on simulated AWS, with faults, and says which promise was broken, and how. */
import '../test/simulation/quiet.ts';
import '../test/simulation/speed.ts';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Played, play } from '../test/simulation/play.ts';

const help = `npm run simulate -- [--runs 1000] [--seed 1] [--workers N]

Every run has a seed of its own, from --seed on. What a run does comes from its seed alone: the first that breaks a
promise is played again with the history of its calls, and --seed N --runs 1 does the same once more.`;

const SECONDS_BETWEEN_LINES = 5;

async function main(): Promise<void> {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    options: {
      runs: text('1000'),
      seed: text('1'),
      workers: text(String(availableParallelism())),
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const [runs, first, workers] = [values.runs, values.seed, values.workers].map(wholeNumber);
  if (!runs || first === undefined || !workers) throw new Error(help);
  const tally = new Tally(runs);
  const step = Math.min(workers, runs);
  await Promise.all(
    Array.from({ length: step }, (_one, at) => work({ first: first + at, step, end: first + runs }, tally)),
  );
  tally.say();
  const [failed] = tally.failed.toSorted((one, other) => one - other);
  if (failed !== undefined) await show(failed);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`Expected a whole number, got '${text}'.\n${help}`);
  return Number(text);
}

type Counted = Omit<Played, 'history'>;

class Tally {
  readonly failed: number[] = [];
  readonly #wanted: number;
  readonly #began = performance.now();
  #saidAt = 0;
  #runs = 0;
  #calls = 0;
  #emails = 0;
  #tasks = 0;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  add({ seed, violations, calls, emails, tasks }: Counted): void {
    this.#runs += 1;
    this.#calls += calls;
    this.#emails += emails;
    this.#tasks += tasks;
    if (violations.length > 0) {
      this.failed.push(seed);
      console.log(`seed ${seed}: ${violations[0]}`);
    }
    if (this.#seconds - this.#saidAt > SECONDS_BETWEEN_LINES) this.say();
  }

  say(): void {
    this.#saidAt = this.#seconds;
    const rate = (this.#runs / this.#seconds).toFixed(1);
    const sums = `${this.#tasks} handoffs, ${this.#emails} emails, ${this.#calls} calls of AWS`;
    const broke = this.failed.length === 1 ? '1 run broke' : `${this.failed.length} runs broke`;
    console.log(`${this.#runs} of ${this.#wanted} runs, ${rate} a second: ${sums}; ${broke} a promise`);
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }
}

function work(workerData: { first: number; step: number; end: number }, tally: Tally): Promise<void> {
  const worker = new Worker(new URL('../test/simulation/worker.ts', import.meta.url), { workerData });
  worker.on('message', (played: Counted) => tally.add(played));
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}

async function show(seed: number): Promise<void> {
  const { history, violations } = await play(seed, { keepsHistory: true });
  console.log(`\nHow seed ${seed} came to it:\n${history.join('\n')}\n\n${violations.join('\n')}`);
  console.log(`\nOnce more: npm run simulate -- --seed ${seed} --runs 1`);
  process.exitCode = 1;
}

await main();

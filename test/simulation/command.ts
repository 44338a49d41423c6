/**
 * Plays many runs of the whole system on simulated AWS, with faults, and says which promise was broken, and how. It is
 * the script behind `npm run simulate`, which checks the arguments: runs, first seed, workers, and text or json.
 */
import './quiet.ts';
import './speed.ts';
import './speed-of-reading.ts';
import { Worker } from 'node:worker_threads';
import { type Played, play } from './play.ts';

const SECONDS_BETWEEN_LINES = 5;

async function main([runs = 0, first = 0, workers = 1]: readonly number[], asJson: boolean): Promise<void> {
  const tally = new Tally(runs, asJson);
  const step = Math.min(workers, runs);
  await Promise.all(
    Array.from({ length: step }, (_one, at) => work({ first: first + at, step, end: first + runs }, tally)),
  );
  if (asJson) console.log(JSON.stringify(tally.sums, null, 2));
  else tally.say();
  const [failed] = tally.failed.toSorted((one, other) => one - other);
  if (failed === undefined) return;
  process.exitCode = 1;
  if (!asJson) await show(failed);
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

  readonly #isQuiet: boolean;

  constructor(wanted: number, isQuiet: boolean) {
    this.#wanted = wanted;
    this.#isQuiet = isQuiet;
  }

  add({ seed, violations, calls, emails, tasks }: Counted): void {
    this.#runs += 1;
    this.#calls += calls;
    this.#emails += emails;
    this.#tasks += tasks;
    if (violations.length > 0) {
      this.failed.push(seed);
      this.#print(`seed ${seed}: ${violations[0]}`);
    }
    if (this.#seconds - this.#saidAt > SECONDS_BETWEEN_LINES) this.say();
  }

  say(): void {
    this.#saidAt = this.#seconds;
    const rate = (this.#runs / this.#seconds).toFixed(1);
    const sums = `${this.#tasks} handoffs, ${this.#emails} emails, ${this.#calls} calls of AWS`;
    const broke = this.failed.length === 1 ? '1 run broke' : `${this.failed.length} runs broke`;
    this.#print(`${this.#runs} of ${this.#wanted} runs, ${rate} a second: ${sums}; ${broke} a promise`);
  }

  /** Beside JSON only a person at a terminal is told how far it is. */
  #print(line: string): void {
    if (!this.#isQuiet) console.log(line);
    else if (process.stderr.isTTY) console.error(line);
  }

  get sums(): object {
    return {
      ...{ runs: this.#runs, seconds: this.#seconds, handoffs: this.#tasks, emails: this.#emails },
      ...{ callsOfAws: this.#calls, failedSeeds: this.failed.toSorted((one, other) => one - other) },
    };
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }
}

function work(workerData: { first: number; step: number; end: number }, tally: Tally): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
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
}

const [format, ...numbers] = process.argv.slice(2).toReversed();
await main(numbers.toReversed().map(Number), format === 'json');

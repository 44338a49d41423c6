/** Plays many runs of the whole system on simulated AWS, with faults, and says which promise was broken where. */
import '../test/simulation/quiet.ts';
import '../test/simulation/speed.ts';
import { parseArgs } from 'node:util';
import { play } from '../test/simulation/play.ts';

const help = `npm run simulate -- [--runs 1000] [--seed 1]

Each run has its own seed: --seed is the first. A failed run is played again with its history of calls;
--seed N --runs 1 plays exactly that run again.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(help);
  const [runs, first] = [Number(values.runs), Number(values.seed)];
  const began = performance.now();
  const failed: number[] = [];
  const sums = { calls: 0, emails: 0, tasks: 0 };
  for (let seed = first; seed < first + runs; seed += 1) {
    const played = await play(seed);
    const { violations } = played;
    sums.calls += played.calls;
    sums.emails += played.emails;
    sums.tasks += played.tasks;
    if (violations.length > 0) {
      failed.push(seed);
      console.log(`seed ${seed}: ${violations[0]}`);
    }
  }
  const [again] = failed;
  if (again !== undefined) {
    const { history, violations } = await play(again, { keepsHistory: true });
    console.log(history.join('\n'));
    console.log(violations.join('\n'));
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(JSON.stringify(sums));
  console.log(`${runs} runs, ${failed.length} failed, ${(runs / seconds).toFixed(1)} a second`);
}

await main();

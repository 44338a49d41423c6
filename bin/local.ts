import { emptyRosterHelp } from '../local/first-start.ts';
import { help, readOptions } from '../local/options.ts';
import { messageOf, Problem } from '../local/problem.ts';
import { startLocal } from '../local/run.ts';
import { exitCodes } from './lib/problem.ts';

// Lambda runs in UTC, and the time zone cannot be set for a single thread.
process.env['TZ'] = 'UTC';

const parent = process.ppid;

function fail(error: unknown, exitCode: number = exitCodes.wrong): never {
  console.error(error instanceof Problem ? messageOf(error) : error);
  process.exit(exitCode);
}

function optionsOf(args: string[]) {
  try {
    return readOptions(args);
  } catch (error) {
    return fail(error, exitCodes.usage);
  }
}

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (!options) return console.log(help);
  const run = await startLocal(options, (line) => console.error(line));
  console.log(`ready: desk ${run.deskUrl}, aws ${run.awsUrl}`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    run.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (process.env['npm_lifecycle_event'] !== undefined) onceAlone(stop);
  if ((await run.desk.table.people()) === 0) console.log(emptyRosterHelp(options.group, run.deskUrl));
}

/** npm passes a signal to the shell that runs the script, and most shells exit without passing it on. */
function onceAlone(stop: () => void): void {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 250);
}

await main().catch((error: unknown) => fail(error));

import { parseArgs } from 'node:util';
import { messageOf, Problem } from '../local/problem.ts';
import { localDestination, sendFiles, stackDestination } from '../local/send.ts';

const help = `npm run send -- FILE... [options]
Sends the events in the files, moved so that the day of their occurredAt is today.
  --port N        the desk of the local run (default 4500)
  --aws-url URL   the AWS endpoint of the local run, instead of its desk
  --stack NAME    a deployed stack, instead of the local run
  --as-is         do not move dates`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function readArguments() {
  const options = { port: text, 'aws-url': text, stack: text, 'as-is': flag, help: flag };
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new Problem(`${messageOf(error)}\n${help}`);
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) return console.log(help);
  if (positionals.length === 0) throw new Problem(`which file?\n${help}`);
  const destination = values.stack
    ? await stackDestination(values.stack)
    : await localDestination(values['aws-url'] ?? `http://127.0.0.1:${values.port ?? 4500}`);
  const refused = await sendFiles(positionals, destination, values['as-is'], (line) => console.log(line));
  if (refused > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});

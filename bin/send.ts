/** Sends events from files to the local run or to a deployed bus. */
import { parseArgs } from 'node:util';
import { messageOf, Problem } from '../local/problem.ts';
import { sendFiles } from '../local/send.ts';
import { resolveTarget } from './target.ts';

const help = `npm run send -- FILE... [options]
Sends the events in the files, moved so that the day of their occurredAt is today.

A file holds one event, a list of events, or one event a line, or the entries of a call of PutEvents.

  --as-is        does not move dates
to which dealer group:
  (nothing)      the local run at http://127.0.0.1:4500
  --port N       the local run whose desk is at that port
  --local URL    the local run at that address, its desk's or its AWS endpoint's
  --stack NAME   a deployed stack, with your AWS credentials`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

function readArguments() {
  // --aws-url is what --local was called here once.
  const options = { port: text, local: text, 'aws-url': text, stack: text, 'as-is': flag, help: flag };
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
  const { port, stack, local = values['aws-url'] } = values;
  const target = await resolveTarget({ port, local, stack });
  if (target.busName === undefined) throw new Problem(`${target.where} names no bus`);
  const destination = { client: target.eventbridge, bus: target.busName, now: Date.parse(target.now) };
  const refused = await sendFiles(positionals, destination, values['as-is'], (line) => console.log(line));
  if (refused > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});

import { type Command, Option } from 'commander';
import { ageNote, lineOf, readEvents, sendEvents } from '../events/send.ts';
import { newCommand } from '../lib/command-line.ts';
import { complain, say, sayJson } from '../lib/output.ts';
import { exitCodes, Problem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';

interface Options extends TargetChoice {
  readonly today?: boolean;
  /** The former name of this command's --local. */
  readonly awsUrl?: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    newCommand({
      name: 'send',
      summary: 'Send the events in files to the local run or to a deployed bus',
      more: `A file holds one event, a list of events, one event a line, or the entries of a call of PutEvents. They are sent as they
stand, unless --today moves the dates of each event by the days that make its occurredAt today.`,
      examples: [
        'npm run send -- samples/vehicle-sold.json --today',
        'npm run send -- events.jsonl --stack handoff-<name>',
      ],
    }),
  )
    .argument('<file...>', 'files with events')
    .option('--today', 'move the dates of each event, so that it occurred today')
    .addOption(new Option('--as-is', 'move no dates').conflicts('today').hideHelp())
    .addOption(new Option('--aws-url <url>').hideHelp())
    .option('--json', 'what became of each event as JSON')
    .action(send);

async function send(files: string[], { today = false, awsUrl, json, ...choice }: Options): Promise<void> {
  const events = files.flatMap(readEvents);
  const target = await resolveTarget(awsUrl === undefined ? choice : { ...choice, local: awsUrl });
  if (target.busName === undefined)
    throw new Problem(`${target.where} names no bus: use the local run or --stack.`);
  const destination = { client: target.eventbridge, bus: target.busName, now: Date.parse(target.now) };
  const sent = await withProgress('Sending', () => sendEvents(events, destination, today));
  if (json) sayJson(sent);
  else
    for (const one of sent) {
      say(lineOf(one));
      const note = ageNote(one, destination.now);
      if (note !== undefined) complain(`  note: ${note}`);
    }
  if (sent.some(({ refused }) => refused !== undefined)) process.exitCode = exitCodes.wrong;
}

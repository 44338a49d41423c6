import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { clientOptions } from './aws.ts';
import { messageOf, Problem, parse } from './problem.ts';
import { readSamples } from './samples.ts';
import { type Sample, shiftSample, toEntry } from './shift-sample.ts';

/** A bus that takes events, and the time that it lives in. */
export interface Destination {
  client: EventBridgeClient;
  bus: string;
  now: number;
}

const healthSchema = z.object({ aws: z.string(), bus: z.string(), now: z.iso.datetime() });

/** Asks the local run, at its desk or at its AWS endpoint, which bus it has. */
export async function localDestination(url: string): Promise<Destination> {
  let health: unknown;
  try {
    health = await (await fetch(new URL('/healthz', url))).json();
  } catch (error) {
    throw new Problem(`no local run answers at ${url} (npm start): ${messageOf(error)}`);
  }
  const { aws, bus, now } = parse(healthSchema, health, `${url}/healthz`);
  return { client: new EventBridgeClient(clientOptions(aws)), bus, now: Date.parse(now) };
}

/** The bus that a deployed stack names in its outputs. */
export async function stackDestination(stackName: string): Promise<Destination> {
  const answer = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stackName }));
  const outputs = answer.Stacks?.[0]?.Outputs ?? [];
  const bus = outputs.find(({ OutputKey }) => OutputKey === 'BusName')?.OutputValue;
  if (!bus) throw new Problem(`the stack ${stackName} has no output BusName`);
  return { client: new EventBridgeClient({}), bus, now: Date.now() };
}

const mostEntries = 10;

async function sendBatch(
  { client, bus }: Destination,
  batch: Sample[],
  say: (line: string) => void,
): Promise<number> {
  const Entries = batch.map((sample) => toEntry(sample, bus));
  const answer = await client.send(new PutEventsCommand({ Entries }));
  for (const [at, result] of (answer.Entries ?? []).entries()) {
    const name = batch[at]?.['detail-type'] ?? 'an event without detail-type';
    say(
      result.EventId
        ? `sent ${name}: ${result.EventId}`
        : `REFUSED ${name}: ${result.ErrorCode}: ${result.ErrorMessage}`,
    );
  }
  return answer.FailedEntryCount ?? 0;
}

/** Sends the events of some files; answers how many were refused. */
export async function sendFiles(
  files: string[],
  destination: Destination,
  asIs: boolean,
  say: (line: string) => void,
): Promise<number> {
  const samples = files
    .flatMap(readSamples)
    .map((sample) => (asIs ? sample : shiftSample(sample, destination.now)));
  let refused = 0;
  for (let at = 0; at < samples.length; at += mostEntries) {
    refused += await sendBatch(destination, samples.slice(at, at + mostEntries), say);
  }
  return refused;
}

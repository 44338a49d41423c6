import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { readSamples } from './samples.ts';
import { type Sample, shiftSample, toEntry } from './shift-sample.ts';

/** A bus that takes events, and the time that it lives in. */
export interface Destination {
  client: EventBridgeClient;
  bus: string;
  now: number;
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

import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as z from 'zod';
import type { AwsAnswer } from './emulator/http/aws-answer.ts';
import { Problem, parse } from './emulator/problem.ts';
import { bareDetail, isBareDetail, readEvents } from './event-files.ts';
import { type Sample, sampleSchema, shiftSample, toEntry } from './shift-sample.ts';

/** The events in a file. Anything else in it is reported with the file's name. */
export function readSamples(file: string): Sample[] {
  return readEvents(file).map((found) => {
    if ('unreadable' in found) throw new Problem(`${found.where}: ${found.unreadable}`);
    if (isBareDetail(found.event)) throw new Problem(`${found.where}: ${bareDetail}`);
    return parse(sampleSchema, found.event, found.where);
  });
}

/** The names of files under `samples/` that contain events. */
function listSamples(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort((a, b) => (a.replace('.json', '') < b.replace('.json', '') ? -1 : 1));
}

export interface SampleDesk {
  list(): string[];
  /**
   * Puts the sample's events on the bus with their dates moved to today on the local clock; returns the result for
   * each.
   */
  send(name: string): string[];
}

type Put = (entries: object[]) => AwsAnswer;

const answerSchema = z.union([
  z.object({
    Entries: z.array(z.object({ EventId: z.string().optional(), ErrorMessage: z.string().optional() })),
  }),
  z.object({ message: z.string() }),
]);

/** One line for each entry: its id, or why it was refused. */
function outcomes(answer: AwsAnswer): string[] {
  const body = answerSchema.parse(answer.body);
  if ('message' in body) return [`refused: ${body.message}`];
  return body.Entries.map((entry) => entry.EventId ?? `refused: ${entry.ErrorMessage ?? 'no reason given'}`);
}

export function createSampleDesk(
  directory: string,
  put: Put,
  busName: string,
  now: () => number,
): SampleDesk {
  return {
    list: () => listSamples(directory),
    send: (name) => {
      if (!listSamples(directory).includes(name)) throw new Problem(`no sample is called ${name}`);
      const samples = readSamples(join(directory, name));
      return outcomes(put(samples.map((sample) => toEntry(shiftSample(sample, now()), busName))));
    },
  };
}

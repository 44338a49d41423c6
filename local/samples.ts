import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Bus } from './eventbridge/bus.ts';
import { messageOf, Problem, parse } from './problem.ts';
import { sampleFileSchema, shiftSample } from './shift-sample.ts';

/** The events in a file; anything else in it is said, with the file's name. */
export function readSamples(file: string) {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Problem(`${file}: ${messageOf(error)}`);
  }
  return parse(sampleFileSchema, content, file);
}

/** Names of the files under `samples/` that hold events. */
export function listSamples(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b));
}

export interface SampleDesk {
  list(): string[];
  read(name: string): string;
  /** Puts the sample's events on the bus, shifted to the clock's today. */
  send(name: string): string[];
}

export function createSampleDesk(
  directory: string,
  bus: Bus,
  busName: string,
  now: () => number,
): SampleDesk {
  const fileOf = (name: string): string => {
    if (!listSamples(directory).includes(name)) throw new Problem(`no sample is called ${name}`);
    return join(directory, name);
  };
  return {
    list: () => listSamples(directory),
    read: (name) => readFileSync(fileOf(name), 'utf8'),
    send: (name) => {
      const samples = readSamples(fileOf(name)).map((sample) => shiftSample(sample, now()));
      return bus.publish(
        samples.map((sample) => ({
          bus: busName,
          source: sample.source,
          detailType: sample['detail-type'],
          detail: sample.detail,
          resources: sample.resources ?? [],
        })),
      );
    },
  };
}

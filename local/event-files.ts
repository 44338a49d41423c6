/** Reads files of events: one event, a list, or JSON lines, each as EventBridge delivers it or as PutEvents accepts it. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { messageOf } from './emulator/problem.ts';

export type FoundEvent =
  | { readonly where: string; readonly event: unknown }
  | { readonly where: string; readonly unreadable: string };

export function readEvents(file: string): FoundEvent[] {
  try {
    return eventsIn(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return [{ where: file, unreadable: `cannot be read: ${messageOf(error)}` }];
  }
}

function eventsIn(file: string, text: string): FoundEvent[] {
  const whole = parse(text);
  if (whole.ok) return listed(file, whole.value);
  const lines = linesOf(text);
  // A broken file with one event has many lines that are not JSON; a file of JSON lines begins with one that is.
  if (lines.length < 2 || !parse(lines[0]?.text ?? '').ok) return [{ where: file, unreadable: whole.why }];
  return lines.map((line) => {
    const read = parse(line.text);
    const where = `${file}:${line.number}`;
    return read.ok ? { where, event: unpacked(read.value) } : { where, unreadable: read.why };
  });
}

const putEventsRequest = z.strictObject({ Entries: z.array(z.unknown()) });

function listed(file: string, value: unknown): FoundEvent[] {
  const events = putEventsRequest.safeParse(value).data?.Entries ?? value;
  if (!Array.isArray(events)) return [{ where: file, event: unpacked(events) }];
  return events.map((event: unknown, at) => ({ where: `${file}[${at}]`, event: unpacked(event) }));
}

/** An entry as PutEvents accepts it, which integrators often have: its detail is JSON text. */
const putEventsEntry = z.object({
  Source: z.string(),
  DetailType: z.string(),
  Detail: z.string(),
  Resources: z.array(z.string()).optional(),
});

function unpacked(given: unknown): unknown {
  const entry = putEventsEntry.safeParse(given);
  if (!entry.success) return given;
  const { Source, DetailType, Detail, Resources } = entry.data;
  const detail = parse(Detail);
  return {
    ...{ source: Source, 'detail-type': DetailType, detail: detail.ok ? detail.value : Detail },
    ...(Resources ? { resources: Resources } : {}),
  };
}

export const bareDetail =
  'is a detail without its envelope: expected { "source": …, "detail-type": …, "detail": { … } }';

export function isBareDetail(event: unknown): boolean {
  const names = Object.keys(z.looseObject({}).safeParse(event).data ?? {});
  return names.includes('storeId') && !names.includes('detail');
}

function linesOf(text: string): { number: number; text: string }[] {
  return text
    .split('\n')
    .map((line, at) => ({ number: at + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, why: `is not JSON: ${messageOf(error)}` };
  }
}

/** Reads files of events: one event, a list of them, or JSON lines. */
import { readFileSync } from 'node:fs';

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
  // A broken file of one event has many lines that are no JSON; a file of JSON lines begins with one that is.
  if (lines.length < 2 || !parse(lines[0]?.text ?? '').ok) return [{ where: file, unreadable: whole.why }];
  return lines.map((line) => {
    const read = parse(line.text);
    const where = `${file}:${line.number}`;
    return read.ok ? { where, event: read.value } : { where, unreadable: read.why };
  });
}

function listed(file: string, value: unknown): FoundEvent[] {
  if (!Array.isArray(value)) return [{ where: file, event: value }];
  return value.map((event: unknown, at) => ({ where: `${file}[${at}]`, event }));
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
    return { ok: false, why: `is no JSON: ${messageOf(error)}` };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

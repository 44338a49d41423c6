/** Sends the events of files to a bus. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { readSamples } from '../../local/samples.ts';
import { type Sample, shiftSample, toEntry } from '../../local/shift-sample.ts';
import { messageOf, UsageProblem } from '../lib/problem.ts';

export interface Destination {
  readonly client: EventBridgeClient;
  readonly bus: string;
  /** The current instant at the target, whose date counts as today. */
  readonly now: number;
}

export interface Sent {
  readonly detailType: string;
  readonly eventId?: string;
  readonly refused?: string;
  /** By how many days its dates were moved; 0 if the event was sent unchanged. */
  readonly movedByDays: number;
  readonly occurredAt: string | undefined;
}

interface Prepared {
  readonly sample: Sample;
  readonly movedByDays: number;
}

/** The limit of PutEvents. */
export const MOST_ENTRIES = 10;

export async function sendEvents(
  events: readonly Sample[],
  destination: Destination,
  moveToToday: boolean,
): Promise<Sent[]> {
  const prepared = events.map((sample) =>
    moveToToday ? moved(sample, destination.now) : { sample, movedByDays: 0 },
  );
  const sent: Sent[] = [];
  for (let at = 0; at < prepared.length; at += MOST_ENTRIES) {
    sent.push(...(await sendBatch(prepared.slice(at, at + MOST_ENTRIES), destination)));
  }
  return sent;
}

export function readEvents(file: string): Sample[] {
  try {
    return readSamples(file);
  } catch (error) {
    throw new UsageProblem(messageOf(error));
  }
}

function moved(sample: Sample, now: number): Prepared {
  const shifted = shiftSample(sample, now);
  return { sample: shifted, movedByDays: daysBetween(occurredAtOf(sample), occurredAtOf(shifted)) };
}

const DAY_MILLISECONDS = 86_400_000;

/** The number of days from one instant to another; both have the same time of day and offset. */
function daysBetween(before: string | undefined, after: string | undefined): number {
  if (before === undefined || after === undefined || before === after) return 0;
  return Math.round((Date.parse(after.slice(0, 10)) - Date.parse(before.slice(0, 10))) / DAY_MILLISECONDS);
}

function occurredAtOf({ detail }: Sample): string | undefined {
  if (typeof detail !== 'object' || detail === null || !('occurredAt' in detail)) return undefined;
  return typeof detail.occurredAt === 'string' ? detail.occurredAt : undefined;
}

async function sendBatch(batch: readonly Prepared[], { client, bus }: Destination): Promise<Sent[]> {
  const Entries = batch.map(({ sample }) => toEntry(sample, bus));
  const { Entries: answers = [] } = await client.send(new PutEventsCommand({ Entries }));
  return batch.map(({ sample, movedByDays }, at) => {
    const { EventId, ErrorCode, ErrorMessage } = answers[at] ?? {};
    return {
      detailType: sample['detail-type'] ?? 'an event without detail-type',
      ...(EventId ? { eventId: EventId } : { refused: `${ErrorCode}: ${ErrorMessage}` }),
      movedByDays,
      occurredAt: occurredAtOf(sample),
    };
  });
}

export function lineOf({ detailType, eventId, refused, movedByDays }: Sent): string {
  if (eventId === undefined) return `REFUSED ${detailType}: ${refused}`;
  return `sent ${detailType}: ${eventId}${movedNote(movedByDays)}`;
}

function movedNote(days: number): string {
  if (days === 0) return '';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return ` (dates moved ${days > 0 ? 'forward' : 'back'} by ${count})`;
}

/** An older fact sends no email unless the group's file says otherwise (actOnFactsOfDays, actOnQuotesOfDays). */
const oldDays = (detailType: string) => (detailType.startsWith('repair-quote') ? 2 : 30);

/** A note for somebody trying out a file about an event that was sent without moving its dates. */
export function ageNote({ detailType, occurredAt }: Sent, now: number): string | undefined {
  const days = occurredAt === undefined ? 0 : Math.floor((now - Date.parse(occurredAt)) / DAY_MILLISECONDS);
  if (days > oldDays(detailType))
    return `it occurred ${days} days ago, so it sends no email; --today moves its dates to today`;
  if (days < -1) return `it is dated ${-days} days ahead, so it is refused; --today moves its dates to today`;
  return undefined;
}

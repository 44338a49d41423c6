/** Sends a dead letter back to where it was refused or failed. */
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { KeptRefusal } from '../../functions/adapters/readable-item.ts';
import type { Group } from '../../functions/group/group.ts';
import { judgeEvent } from '../events/verdict.ts';
import { Problem } from '../lib/problem.ts';
import type { Target } from '../lib/target.ts';
import { envelopeOf, wayBack } from '../way-back.ts';
import { notePutBack, takeOffPutBack } from './kept.ts';

export type SentBack = { readonly went: string } | { readonly stays: string };

interface Judging {
  /** Undefined if the target's group file is not available here. Stores are then not checked. */
  readonly group: Group | undefined;
  /** Sends the event even if its contract would refuse it again. */
  readonly anyway: boolean;
}

/**
 * Notes that the event is put back, sends it, then removes it from the list. If this stops in between, the event is
 * sent twice, which is harmless. Because of the note, an event that fails again at once stays on the list with its
 * new reason.
 */
export async function putBack(
  letter: KeptRefusal,
  target: Target,
  { group, anyway }: Judging,
): Promise<SentBack> {
  const way = wayBack(letter);
  if (way.by === 'nobody') return { stays: way.why };
  const [problem] = anyway || way.by === 'function' ? [] : problemsOf(letter, group, target.now);
  if (problem !== undefined) return { stays: `would be refused again: ${problem}` };
  if (!(await notePutBack(target, letter.id))) return { went: 'it left the list by itself' };
  const sent =
    way.by === 'function' ? await invoke(way.functionName, letter, target) : await putOnBus(letter, target);
  if ('went' in sent) await takeOffPutBack(target, letter.id);
  return sent;
}

/** Why the functions would refuse the event again, according to this release's contracts. */
function problemsOf({ event }: KeptRefusal, group: Group | undefined, now: string): string[] {
  const { problems } = judgeEvent(event, group, now);
  return problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
}

async function invoke(FunctionName: string, letter: KeptRefusal, { lambda }: Target): Promise<SentBack> {
  const Payload = JSON.stringify(envelopeOf(letter));
  try {
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    return { went: `given to ${FunctionName} again` };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return { stays: `no function is called ${FunctionName} any more` };
  }
}

async function putOnBus(letter: KeptRefusal, { eventbridge, busName }: Target): Promise<SentBack> {
  if (busName === undefined) throw new Problem('This target names no bus: use the local run or --stack.');
  const { source: Source, detailType: DetailType, detail: Detail, time } = letter;
  // Without its original time, it would count as later than a version that was corrected in the meantime.
  const Time = time === undefined ? undefined : new Date(time);
  const entry = { EventBusName: busName, Source, DetailType, Detail, Time };
  const { Entries = [] } = await eventbridge.send(new PutEventsCommand({ Entries: [entry] }));
  const [answer] = Entries;
  if (answer?.EventId !== undefined) return { went: `back on the bus as ${answer.EventId}` };
  return { stays: `the bus did not take it: ${answer?.ErrorMessage ?? 'no answer'}` };
}

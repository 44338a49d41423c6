import type { Outcome } from '../../ledger/facts.ts';
import { appointmentFacts } from '../any-kind/appointment-facts.ts';
import type { ServiceIntroduction } from './task.ts';

const ways: ReadonlyMap<string, Extract<Outcome, { what: 'introduced' }>['how']> = new Map([
  ['introduced-in-person', 'in person'],
  ['introduced-by-video', 'by video'],
  ['introduced-by-phone', 'by phone'],
]);

/**
 * The signatures of both people that the customer met somebody in Service, the customer's own answer, and the first visit that
 * was booked at the introduction.
 */
export function introductionFacts({ ended, walkedOver, met, facts }: ServiceIntroduction) {
  const how = ended && ways.get(ended.outcome);
  return [
    ...(ended && how ? [introduced(how, ended)] : []),
    ...(walkedOver ? [introduced('walked over', walkedOver)] : []),
    ...(met ? [{ outcome: { what: 'met', ...met } as const }] : []),
    ...appointmentFacts(facts.appointments ?? []),
  ];
}

const introduced = (
  how: Extract<Outcome, { what: 'introduced' }>['how'],
  { at, by }: { readonly at: string; readonly by: string },
) => ({ outcome: { what: 'introduced', at, how, by } as const, key: `${how}/${at}` });

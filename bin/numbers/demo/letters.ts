import { plusMinutes } from '../../../functions/group/business-time.ts';
import type { NamedFact } from '../../../functions/ledger/facts.ts';
import type { Chance } from './chance.ts';

const messages: ReadonlyMap<string | undefined, string> = new Map([
  ['service-introduction', 'introduction-to-customer'],
  ['first-service-visit', 'first-service-invitation'],
]);

/** The emails to customers, for each handoff that has one: most arrive, some bounce, and a few are complained about. */
export const lettersOf = (facts: readonly NamedFact[], chance: Chance): readonly NamedFact[] =>
  facts.flatMap(({ about, outcome }): NamedFact[] => {
    const message = messages.get(about.kind);
    if (outcome.what !== 'handed over' || message === undefined) return [];
    const at = plusMinutes(outcome.at, 1);
    return [{ about, outcome: { what: 'emailed', at, email: 'e2', message, became: became(chance) } }];
  });

function became(chance: Chance): Extract<NamedFact['outcome'], { what: 'emailed' }>['became'] {
  if (chance.happens(0.05)) return 'opted out';
  if (chance.happens(0.03)) return 'bounced';
  return chance.happens(0.002) ? 'complained' : 'delivered';
}

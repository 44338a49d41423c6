import type { CustomerKey } from '../customers/ports.ts';
import { findStore, type Group } from '../group/group.ts';
import type { NamedFact } from '../ledger/facts.ts';
import { pseudonymous } from '../ledger/pseudonyms.ts';
import type { Clock, Outcomes } from '../ports.ts';

export interface KeepingServices {
  readonly group: Group;
  readonly clock: Clock;
  readonly outcomes: Outcomes;
  readonly customerKey: CustomerKey;
}

/** An outcome, and the handoff that it comes from. */
export interface TaskFact {
  readonly fact: NamedFact;
  readonly taskId?: string;
}

/** Stores the outcomes that are new, with pseudonyms and the local date of their store. Returns how many were new. */
export async function keepFacts(
  { group, outcomes, customerKey, clock }: KeepingServices,
  all: readonly TaskFact[],
): Promise<number> {
  if (all.length === 0) return 0;
  const keyed = await customerKey.read();
  const facts = all.map(({ fact, taskId }) => {
    const timeZone = findStore(group, fact.about.storeId)?.timeZone;
    return { fact: pseudonymous(fact, keyed, timeZone), taskId };
  });
  return outcomes.keep(facts, clock.now());
}

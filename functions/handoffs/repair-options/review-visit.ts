import type { Received } from '../../contracts/fact-version.ts';
import type { ServiceVisitOpened } from '../../contracts/service-visit-opened.ts';
import { unchanged } from '../../handoff/draft.ts';
import { usedBy } from '../../handoff/number-reuse.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import type { Decision } from '../../readiness/decision.ts';
import { withArm } from './decide-by-arm.ts';
import { knowledgeIfReady } from './knowledge.ts';
import { madeOf, type ReviewServices } from './review-repair-quote.ts';
import { takeOver } from './take-over.ts';
import { blankRepairOptions, type RepairOptions } from './task.ts';
import { assessVisit, decideVisit, isPromising, passOver } from './visit.ts';

/**
 * A customer is here, and nothing is quoted yet. Most such visits stay silent, so circumstances that may forbid a conversation
 * are read only if the history gives reasons for one. Why nobody was asked is stored, even without a handoff.
 */
export async function reviewVisit(
  services: ReviewServices,
  visit: Received<ServiceVisitOpened>,
): Promise<string> {
  await keepNoContact(services, visit);
  const { storeId, roNumber, occurredAt } = visit;
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now, use) => blankRepairOptions(storeId, roNumber, now, use),
    concerns: { ...usedBy(visit), occurredAt },
    decide: async (task, context) => {
      const passed = passOver(task, visit, context);
      if (passed) return passed;
      const about = { task, occasion: visit };
      const knowledge = await knowledgeIfReady(services, about, isPromising(task, visit, context), context);
      const assess = (one: RepairOptions) => assessVisit(one, visit, knowledge, context);
      const first = assess(task);
      const order = (await withArm(services, task, first)) ?? task;
      const would = order === task ? first : assess(order);
      // Stored before acting on it, so that every email can be traced to its reasons.
      const made = madeOf(would, context);
      const isFirst = made === undefined || (await keepVisit(services, task, made));
      // The same or an older version of the visit, hours later or from the archive: anything that has become known since is no
      // reason to ask.
      if (!isFirst && made?.assessment.nudge === true) return unchanged(task, 'silent-before');
      const asked = await takeOver(services, { order, would, fact: visit, knowledge }, context);
      if (asked === order) return decideVisit(task, would, context);
      const answered = assess(asked);
      const remade = madeOf(answered, context);
      if (remade) await keepVisit(services, task, remade);
      return decideVisit(task, answered, context);
    },
  });
  return outcome;
}

/** Each correction of a visit that was asked about gets a decision of its own, so that it does not hide earlier reasons. */
async function keepVisit(
  { decisions }: ReviewServices,
  { state }: RepairOptions,
  made: Decision,
): Promise<boolean> {
  if (state === 'awaited') return decisions.keepUnlessSilent(made);
  await decisions.keep(made);
  return true;
}

import { type Blocks, facts, paragraph, points } from '../../mail/blocks.ts';
import type { MessageContext } from '../../mail/message.ts';
import { carRows, reasonWithAge } from '../../mail/repair-sheet.ts';
import { listed, stacked, type Words, words } from '../../mail/words.ts';
import { explain } from '../../readiness/assess.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { valuedOccasion } from './appraisal.ts';
import { isAhead, type RepairOptions } from './task.ts';

/**
 * The short sheet for a visit, whether current or expected, the same in the email and on the page: why, what is known about the
 * car, what not to say.
 */
type Surroundings = Pick<MessageContext<RepairOptions>, 'task' | 'group' | 'store' | 'now'>;

export function visitForAdvisor(context: Surroundings): Blocks {
  const { task } = context;
  const visit = valuedOccasion(task, context);
  if (!visit || !task.assessment) return [];
  const name = callName(visit.customer);
  const unknown = task.assessment.unknown.map((one) => one.name);
  const { concerns = [] } = task.facts.visit ?? {};
  return [
    points(explain(task.assessment).reasonsFor.map(reasonWithAge), 'Why'),
    facts([
      ['Came for', concerns.length === 0 ? undefined : stacked(concerns)],
      ...carRows(context, { quote: visit, history: task.history }),
    ]),
    points(keepInMind(name, isAhead(task)), 'Keep in mind'),
    unknown.length === 0 ? undefined : paragraph(words`Not known, or too old to count: ${listed(unknown)}.`),
  ];
}

const keepInMind = (name: string, isToCome: boolean): readonly Words[] => [
  isToCome
    ? words`Take care of the visit first. ${name} comes for service.`
    : words`Take care of today’s visit first. ${name} came for service.`,
  words`Don’t knock the car, and don’t name a price or a payment.`,
  words`Don’t mention this email: ask how the car is treating ${name}.`,
];

import { aboutTheTask, type Choice, ends, shared } from '../../handoff/choices.ts';
import { defineKind } from '../../handoff/kind.ts';
import { numberOf, queueEvent } from '../../handoff/queue.ts';
import { appraiserFor, withoutNumber } from './decide.ts';
import { type Appraisal, appraisalSchema, appraisalTraits } from './task.ts';

const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'appraised',
    label: 'Put a number on it',
    next: 'The advisor’s sheet has it at once, and this is done.',
    ...ends,
    asks: 'amount',
    isLikely: true,
  },
  ...aboutTheTask,
];

/** Used cars: what a car in Service is worth, while its customer decides. */
export const appraisal = defineKind<Appraisal>(appraisalSchema, appraisalTraits, {
  choices,
  customerFactOf: ({ facts }) => facts.quote,
  withCustomer: (task, customer) => {
    const { quote } = task.facts;
    return quote ? { ...task, facts: { ...task.facts, quote: { ...quote, customer } } } : task;
  },
  vehicleOf: ({ facts }) => facts.quote?.vehicle,
  sendersOf: ({ facts }) => (facts.asked?.by === undefined ? [] : [facts.asked.by]),
  routeOn: appraiserFor,
  ended: ({ task, value, by, context }) =>
    tellSheet({ ...task, facts: { ...task.facts, appraised: { cents: Number(value), by } } }, context.now),
  reopened: (task, _undo, { now }) => tellSheet(withoutNumber(task), now),
  // If a number is given and taken back at the same instant, the later entry is the later version.
  eventDetail: ({ subject, use, facts: { appraised } }, { detailType, id }) =>
    detailType === 'vehicle-appraised'
      ? { ...subject, use, revision: numberOf(id), ...(appraised ? { appraised } : {}) }
      : undefined,
  eventNumbers: ({ subject }) => subject,
});

/** Sends the number to the order's sheet, or that there no longer is one. */
const tellSheet = (task: Appraisal, now: string): Appraisal => queueEvent(task, now, 'vehicle-appraised');

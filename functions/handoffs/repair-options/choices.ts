import {
  aboutTheTask,
  advises,
  asksOthers,
  type Choice,
  decides,
  ends,
  shared,
} from '../../handoff/choices.ts';
import { ASK } from './appraisal.ts';
import { GOOD_TIME_THEN, LEAVE_IT, NOT_THIS_VISIT, TELL_SALES } from './conversation-request.ts';
import { hasSheet, isAhead, type RepairOptions } from './task.ts';

export const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'good-time',
    label: 'Good time for Sales to talk',
    next: 'A salesperson hears about it now and comes to you first. This handoff stays with you.',
    ...advises,
  },
  {
    name: 'not-a-good-time',
    label: 'Not now for Sales',
    next: 'Sales leaves this repair order alone. This handoff stays with you.',
    ...advises,
  },
  {
    name: GOOD_TIME_THEN,
    label: 'Good time, once they’re here',
    next: 'Sales hears of it when the repair order is written or a high repair is quoted, and not before. Where your system tells us of neither, nobody in Sales hears of it.',
    ...advises,
  },
  {
    name: NOT_THIS_VISIT,
    label: 'Not this visit',
    next: 'Sales leaves this visit alone, and you are not asked again at the write-up.',
    ...advises,
  },
  {
    name: 'never-for-this-customer',
    label: 'Never for this customer',
    next: 'Sales leaves this customer alone, now and later, until an advisor takes it back.',
    ...advises,
    remembers: 'advisor said no',
  },
  {
    name: ASK,
    label: 'Ask the used-car desk for a number',
    next: 'The used-car manager gets it now. The number comes into this sheet, which stays with you.',
    ...asksOthers,
  },
  {
    name: 'open-to-looking',
    label: 'Open to looking',
    next: 'A salesperson hears about it now and comes to you first. This handoff is done.',
    ...ends,
  },
  {
    name: 'repair-it',
    label: 'Repairing it',
    next: 'A good outcome: Sales has nothing more to do. This sheet is closed.',
    ...ends,
    remembers: 'contacted',
  },
  {
    name: 'not-now',
    label: 'Customer will decide later',
    next: 'Nothing is decided yet. Sales, where it was told, hears that. This sheet is closed.',
    ...ends,
    remembers: 'contacted',
  },
  {
    name: 'may-be-asked',
    label: 'Sales may hear of this customer again',
    next: 'Takes back “never for this customer”. It counts from the next quote.',
    ...advises,
    forgets: 'advisor said no',
  },
  {
    name: TELL_SALES,
    label: 'Tell Sales',
    next: 'A salesperson hears about it now and talks to the advisor first.',
    ...decides,
  },
  {
    name: LEAVE_IT,
    label: 'Leave it',
    next: 'Sales hears nothing about this repair order.',
    ...decides,
  },
  ...aboutTheTask,
];

/** Before the visit, the only question is whether Sales may talk to the customer, in words of its own. */
const beforeTheVisit: ReadonlySet<string> = new Set([GOOD_TIME_THEN, NOT_THIS_VISIT]);
/** Choices once the customer has come. */
const atTheVisit: ReadonlySet<string> = new Set(['good-time', 'not-a-good-time', 'open-to-looking']);
/** Choices about a repair, which a visit without a quote does not have. */
const ofTheSheet: ReadonlySet<string> = new Set([ASK, 'repair-it', 'not-now']);

export function fitsStage(task: RepairOptions, choice: string): boolean {
  if (ofTheSheet.has(choice)) return hasSheet(task);
  return isAhead(task) ? !atTheVisit.has(choice) : !beforeTheVisit.has(choice);
}

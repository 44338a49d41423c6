import { distanceText } from '../../group/distance.ts';
import { type Blocks, facts } from '../../mail/blocks.ts';
import { whereNow } from '../../mail/car-whereabouts.ts';
import { carOf, lastEight } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { carRows, sheetOf, workBlock } from '../../mail/repair-sheet.ts';
import { personRow } from '../any-kind/people-words.ts';
import type { Appraisal } from './task.ts';

type Surroundings = Pick<MessageContext<Appraisal>, 'task' | 'group' | 'store' | 'now' | 'person'>;

/** What an appraiser wants to know before walking out: the car, where it is, what is broken, what a guide says. */
export function carBlocks(context: Surroundings): Blocks {
  const { task, store, person } = context;
  const { quote, asked } = task.facts;
  if (!quote) return [];
  const advisor = person(asked?.by);
  const { odometerMiles } = quote.vehicle;
  const isOver = task.ended !== undefined;
  return [
    facts([
      ['Car', carOf(quote.vehicle)],
      ['Odometer', odometerMiles === undefined ? undefined : distanceText(odometerMiles, store.distanceUnit)],
      ['VIN, last 8', lastEight(quote.vehicle)],
      ['Repair order', quote.roNumber],
      ['Where now', whereNow(context, quote, isOver)],
      personRow('Asked by', advisor),
    ]),
    workBlock(sheetOf(context, { quote }), context),
    facts(carRows(context, { quote }), 'What is known of it'),
  ];
}

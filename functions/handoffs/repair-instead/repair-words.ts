import type { Vehicle } from '../../contracts/fields.ts';
import type { rides, wishes } from '../../contracts/shopper-needs-service.ts';
import { customerName } from '../../customers/customer.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { dollars } from '../../group/money.ts';
import type { Block } from '../../mail/blocks.ts';
import { facts } from '../../mail/blocks.ts';
import { carOf, lastEight, momentOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Content, stacked, type Words, words } from '../../mail/words.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { assigneeOf, customerRows, named, personRow } from '../any-kind/people-words.ts';
import { needed } from '../any-kind/required-facts.ts';
import { type RepairInstead, senderOf } from './task.ts';

/** The words about the visit that its emails and its page share. */
type Context = Pick<MessageContext<RepairInstead>, 'task' | 'store' | 'person' | 'reader'>;
type Rows = readonly (readonly [string, Content | undefined])[];

export function peopleOf({ task, person }: Pick<Context, 'task' | 'person'>) {
  const { customer, vehicle } = needed(task.facts.asked, task);
  return {
    name: customerName(customer),
    customer: callName(customer),
    car: briefly(vehicle),
    seller: named(person(senderOf(task)), 'Sales'),
    advisor: named(assigneeOf({ task, person }), 'Service'),
  };
}

/** `CR-V`, as people at a store say it. */
const briefly = ({ model, make }: Vehicle): string => model ?? make ?? 'car';

const wishWords: Readonly<Record<(typeof wishes)[number], Words>> = {
  'just fix it': words`Just fix it: nobody is selling them a car`,
  'would also look': words`Fix it, and would also look at another car`,
};

const rideWords: Readonly<Record<(typeof rides)[number], Words>> = {
  'none needed': words`Needs none`,
  loaner: words`Needs a loaner`,
  shuttle: words`Needs the shuttle`,
  'ride share': words`Needs a ride`,
};

const whereWords = {
  waiting: words`Waiting here now`,
  'dropped-off': words`Leaves the car`,
  'in a loaner': words`Leaves the car and drives a loaner`,
} as const;

/** Who is coming, with which car, and why. */
export function visitBlock(context: Context): Block | undefined {
  return facts([
    ...customerRows(needed(context.task.facts.asked, context.task).customer, context),
    ...visitRows(context),
  ]);
}

/** The same without the customer, whom the page shows itself. */
export function visitRows({ task, person }: Pick<Context, 'task' | 'person'>): Rows {
  const { vehicle, needs, wants, customerIs, transport } = needed(task.facts.asked, task);
  return [
    ['Car', carOf(vehicle)],
    ['VIN, last 8', isStandIn(vehicle.vin) ? undefined : lastEight(vehicle)],
    ['What is wrong', words`“${needs}”`],
    ['Wants', wishWords[wants]],
    ['Where now', customerIs && whereWords[customerIs]],
    ['Transport', transport && rideWords[transport]],
    personRow('Sent by', person(senderOf(task))),
  ];
}

/** How the visit ended. If the store hides amounts from Sales, only Service sees them. */
export function reportRows(
  { task, store }: Pick<Context, 'task' | 'store'>,
  { showsAmounts }: { readonly showsAmounts: boolean },
): Rows {
  const { quoteBy, quotedCents, report } = task.facts;
  const isFixed = task.ended?.outcome === 'fixed';
  const paid = report?.cents !== undefined && report.cents > 0 ? dollars(report.cents) : undefined;
  return [
    [
      'Price promised',
      quotedCents === undefined && quoteBy ? momentOf(store.timeZone, quoteBy, 'en') : undefined,
    ],
    ['Price given', quotedCents !== undefined && showsAmounts ? dollars(quotedCents) : undefined],
    [isFixed ? 'What was done' : 'Why', report?.says],
    ['Declined work', report?.declined && stacked(report.declined)],
    ['Customer paid', showsAmounts ? paid : undefined],
    ['Repair order', report?.roNumber],
  ];
}

/** Whether this reader may see amounts: Service always, Sales if the store allows it. */
export const showsAmounts = ({ task, store, reader }: Context): boolean =>
  store.tellSalesAmounts || reader === undefined || reader.employeeNumber !== senderOf(task);

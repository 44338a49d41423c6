import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type KeptRefusal, refusalFromItem } from '../../functions/adapters/readable-item.ts';
import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { localDate, nextOpen } from '../../functions/group/business-time.ts';
import { findStore } from '../../functions/group/group.ts';
import { isMistake } from '../../functions/handoff/choices.ts';
import { isToCustomer, sameRecipient } from '../../functions/handoff/outbox.ts';
import { type EmailEntry, isStaff } from '../../functions/handoff/outbox-entry.ts';
import { isOfThisHandoff } from '../../functions/handoff/queue.ts';
import { sendingHoursOf } from '../../functions/handoff/sending-hours.ts';
import { isOpen, type Task } from '../../functions/handoff/task.ts';
import { type AnyTask, customerOf, type TaskOf, vehicleOf } from '../../functions/handoffs/kinds.ts';
import { isTask, itemIdOf, type Item as OwingItem } from '../../functions/my-day/outbox-owner.ts';
import { teamAcross } from '../../functions/people/across-stores.ts';
import { emailsIn } from '../support/emails-in.ts';
import type { BusEvent } from './bus.ts';
import { wholeGroup } from './cloud.ts';
import { customerExpectations } from './consent-promises.ts';
import { brokenCredit } from './credit-promises.ts';
import { brokenLettersOf } from './first-service-promises.ts';
import { brokenLeads, isAnswerKnown, isWishKnown } from './lead-promises.ts';
import { brokenLetters } from './letter-promises.ts';
import { isLine, waitsForList } from './list-promises.ts';
import { mayConcern, usesOf } from './number-promises.ts';
import { brokenQuotes } from './quote-promises.ts';
import { people } from './roster.ts';
import { brokenOwners } from './second-owners.ts';
import { brokenShoppers, isShopperKnown } from './shopper-promises.ts';
import type { Told } from './stories.ts';
import { checkVersions } from './versions.ts';
import { brokenVisits, endedSince, isVisitKnown, wordsOn } from './visit-promises.ts';
import type { SimulatedWorld } from './world.ts';

/** What must be so when everything has come to its end, whatever happened on the way. */
export function checkPromises(world: SimulatedWorld, told: readonly Told[]): void {
  const tasks = new Map([...world.watch.tasks].map((task) => [task.taskId, task]));
  const kept = [...world.table.partitionsOf(keys.refused)].map((item) => refusalFromItem(fromItem(item)));
  const ending = { world, tasks, kept };
  for (const one of told) checkTold(ending, one);
  for (const task of tasks.values()) {
    checkNothingStuck(ending, task);
    for (const entry of emailsIn(task)) checkEmail(ending, task, entry);
  }
  for (const day of world.watch.days) {
    for (const entry of emailsIn(day)) checkEmail(ending, day, entry);
  }
  checkDeadLetters(ending);
  checkNothingOfOursLost(ending);
  checkOurEvents(ending);
  checkCaps(ending);
  checkNobodyIsOfferedTwo(ending);
  const isRefusedEvent = ({ 'detail-type': detailType, detail }: BusEvent) =>
    kept.some((one) => one.detailType === detailType && one.detail === JSON.stringify(detail));
  checkVersions(world, isRefusedEvent);
  for (const violation of brokenCredit(world, isRefusedEvent)) world.watch.violated(violation);
  for (const violation of brokenQuotes(tasks.values(), told)) world.watch.violated(violation);
  for (const violation of brokenLettersOf(tasks.values())) world.watch.violated(violation);
  for (const violation of brokenOwners(tasks.values())) world.watch.violated(violation);
  const wasTaken = (task: string, entry: string) => world.watch.acceptedOf(task, entry).length > 0;
  const ended = { now: world.scheduler.now, wasTaken };
  for (const violation of brokenLetters(tasks.values(), told, ended)) world.watch.violated(violation);
  for (const violation of brokenLeads(tasks.values(), told, wasTaken)) world.watch.violated(violation);
  for (const violation of brokenVisits(tasks.values(), told)) world.watch.violated(violation);
  for (const violation of brokenShoppers(tasks.values(), told)) world.watch.violated(violation);
}

interface Ending {
  readonly world: SimulatedWorld;
  readonly tasks: ReadonlyMap<string, AnyTask>;
  readonly kept: readonly KeptRefusal[];
}

const MINUTE = 60_000;

function checkNothingStuck({ world }: Ending, task: Task): void {
  const item = world.table.item(keys.task(task.taskId).pk, keys.task(task.taskId).sk);
  const dueAt = item?.['dueAt']?.S;
  if (dueAt !== undefined && Date.parse(dueAt) < world.scheduler.now - 10 * MINUTE) {
    world.watch.violated(`${task.kind} ${task.taskId} is stuck since ${dueAt}`);
  }
}

function checkEmail(ending: Ending, item: OwingItem, entry: EmailEntry): void {
  const { world } = ending;
  const id = `${itemIdOf(item)} ${entry.id} (${entry.message})`;
  const times = world.watch.acceptedOf(itemIdOf(item), entry.id).length;
  switch (entry.state) {
    case 'sent':
      if (isTask(item) && (isLine(item, entry) || wasPutInList(world, item, entry))) {
        const broken = world.watch.lists.broken(item, entry, world.watch.days);
        if (broken) world.watch.violated(broken);
      } else if (times === 0) world.watch.violated(`${id} counts as sent, but SES never took it`);
      return;
    case 'withheld':
    case 'lapsed':
      if (entry.reason === undefined) world.watch.violated(`${id} is ${entry.state} for no reason`);
      return;
    case 'given-up':
      if (isTask(item)) checkSomebodyTold(ending, item, entry);
      return;
    case 'asked':
      if (!isToCustomer(entry)) world.watch.violated(`${id} to staff is a question`);
      if (isTask(item)) checkSomebodyTold(ending, item, entry);
      return;
    case 'owed':
      if (Date.parse(entry.notBefore ?? entry.owedAt) < world.scheduler.now - 10 * MINUTE) {
        world.watch.violated(`${id} is owed for too long`);
      }
      if (isBackingOff(entry) && !waitsForMorning(world, item, entry))
        world.watch.violated(`${id} is still backing off`);
      return;
    case 'sending':
    case 'unknown':
      world.watch.violated(`${id} is still ${entry.state}`);
  }
}

/** What calls for a list at one moment may leave at once at the next: the handoff has another asker. */
const wasPutInList = ({ watch }: SimulatedWorld, task: Task, { id, messageId }: EmailEntry): boolean =>
  messageId === undefined && watch.lists.lineOf(task.taskId, id) !== undefined;

/** Refused, to be tried again. One that then waits for a time of its own, such as the morning or a list, gave up its place. */
const isBackingOff = ({ dueSince, refusedSince }: EmailEntry): boolean =>
  dueSince !== undefined || refusedSince !== undefined;

/** What SES refused last in the evening goes on in the hours in which customers may get email. */
function waitsForMorning({ scheduler }: SimulatedWorld, item: OwingItem, entry: EmailEntry): boolean {
  const store = item.storeId === undefined ? undefined : findStore(wholeGroup, item.storeId);
  if (!store || !isToCustomer(entry)) return false;
  const now = new Date(scheduler.now).toISOString();
  return entry.notBefore === nextOpen(sendingHoursOf({ group: wholeGroup, store }), now);
}

/** A named person who works here got an email about it: the one who has it, or a manager where that one can't. */
function checkSomebodyTold({ world }: Ending, task: Task, about: EmailEntry): void {
  // Whoever started it by mistake, or whoever had it, has nothing to do about its letters.
  if (task.state === 'cancelled' || isMistake(task)) return;
  if (!isToCustomer(about) && !(isOpen(task) && isOfThisHandoff(task)(about))) return;
  const telling = tellingOf(task, about.id);
  const reached = telling.some(
    ({ id }) =>
      world.watch.acceptedOf(task.taskId, id).length > 0 ||
      world.watch.lists.lineOf(task.taskId, id) !== undefined,
  );
  const isToCome = telling.some((entry) => waitsForList(task, entry, world.scheduler.now));
  // Where SES refused every one of them there is nobody left to write to: alarms ring on that.
  const managersLeft = managersBeside(task, about).length;
  const everybodyRefused =
    telling.length >= managersLeft && telling.every(({ state }) => state === 'given-up');
  if (
    !reached &&
    !isToCome &&
    !everybodyRefused &&
    !cameAgain(world, task, about) &&
    toldAbout(about) === undefined
  ) {
    world.watch.violated(`nobody knows that ${task.taskId} ${about.id} (${about.message}) is ${about.state}`);
  }
}

/** The handoff ended and began anew: its email came to the same person again, and got through. */
const cameAgain = ({ watch }: SimulatedWorld, task: Task, { to, message, owedAt }: EmailEntry): boolean =>
  emailsIn(task)
    .filter((one) => one.message === message && sameRecipient(one.to, to) && one.owedAt > owedAt)
    .some(({ id }) => watch.acceptedOf(task.taskId, id).length > 0);

/** One of them may be the reader whose own email was refused; a store that only sells used cars has no other. */
const managersBeside = ({ storeId, soldAt }: Task, { to }: EmailEntry) => {
  const at = (store: string) => people.filter((person) => person.storeId === store);
  const team = soldAt === undefined ? at(storeId) : teamAcross(storeId, at(storeId), at(soldAt));
  return team
    .filter(({ role }) => role.endsWith('manager'))
    .filter(({ employeeNumber }) => !isStaff(to) || to.staff !== employeeNumber);
};

/** The email that this one tells of, by its id. */
const toldAbout = ({ note }: EmailEntry): string | undefined =>
  note?.code === 'problem' || note?.code === 'unread' ? note.entry : undefined;

/** The emails about it; and those to the next one, that such an email did not arrive. */
function tellingOf(task: Task, about: string): readonly EmailEntry[] {
  const isLead = emailsIn(task).some(({ id, to }) => id === about && to === 'crm');
  const first = emailsIn(task).filter(
    (entry) => toldAbout(entry) === about || (isLead && entry.message === 'crm-lead-lost'),
  );
  return [...first, ...first.flatMap(({ id }) => tellingOf(task, id))];
}

/** Every event that EventBridge took led to its task, or is a dead letter that somebody can see. */
function checkTold(ending: Ending, told: Told): void {
  const expectation = expectations[told.detailType];
  const ofCustomer = customerExpectations[told.detailType];
  const isMet = expectation?.(ending, told.detail) ?? ofCustomer?.(ending.world.table, told.detail) ?? false;
  if (isMet || isRefused(ending, told)) return;
  ending.world.watch.violated(
    `nothing came of ${told.detailType} of ${String(told.detail['occurredAt'])}: ${JSON.stringify(told.detail).slice(0, 200)}`,
  );
}

const isRefused = ({ kept }: Ending, { detailType, detail }: Told) =>
  kept.some((one) => one.detailType === detailType && one.detail === JSON.stringify(detail));

type Detail = Told['detail'];
const text = (detail: Detail, name: string) => String(detail[name] ?? '');
const inside = (value: unknown, name: string): string =>
  typeof value === 'object' && value !== null ? String(new Map(Object.entries(value)).get(name) ?? '') : '';

/** Instants may be told with another offset; the tasks keep them in UTC. */
const instant = (detail: Detail) => new Date(text(detail, 'occurredAt')).toISOString();

const firstServiceOf = ({ tasks }: Ending, detail: Detail) =>
  usesOf(tasks.values(), {
    kind: 'first-service-visit',
    storeId: text(detail, 'storeId'),
    vin: text(detail, 'vin') || inside(detail['vehicle'], 'vin'),
    customerNumber: text(detail, 'customerNumber') || inside(detail['customer'], 'customerNumber'),
  }).at(0);

/** Every use of the number that the fact may concern. */
const ordersOf = ({ tasks }: Ending, detail: Detail) =>
  usesOf(tasks.values(), {
    kind: 'repair-options',
    storeId: text(detail, 'storeId'),
    roNumber: text(detail, 'roNumber'),
  }).filter((task) => mayConcern(detail, task));

const salesOnNumber = ({ tasks }: Ending, detail: Detail) =>
  usesOf(tasks.values(), {
    kind: 'service-introduction',
    storeId: text(detail, 'storeId'),
    dealNumber: text(detail, 'dealNumber'),
  });

const salesOf = (ending: Ending, detail: Detail) =>
  salesOnNumber(ending, detail).filter((task) => mayConcern(detail, task));

const knows = (known: { occurredAt: string } | undefined, detail: Detail) =>
  known !== undefined && known.occurredAt >= instant(detail);

const hasAppointment = (ending: Ending, detail: Detail) =>
  firstServiceOf(ending, detail)?.facts.appointments.some(
    (one) => one.appointmentNumber === text(detail, 'appointmentNumber') && knows(one, detail),
  ) ?? false;

const isQuoteKnown = (ending: Ending, detail: Detail) =>
  ordersOf(ending, detail).some(
    (order) => wordsOn(order).some((word) => knows(word, detail)) || endedSince(order, instant(detail)),
  );

const expectations: Readonly<Record<string, (ending: Ending, detail: Detail) => boolean>> = {
  'vehicle-sold': (ending, detail) => salesOf(ending, detail).some(({ facts }) => knows(facts.sold, detail)),
  'deal-unwound': (ending, detail) => {
    const own = salesOf(ending, detail);
    // Of a deal that was never known before its number's next use, nothing is left to take back.
    const sales = own.length > 0 ? own : salesOnNumber(ending, detail);
    return sales.some(({ facts }) => facts.unwound !== undefined || knows(facts.sold, detail));
  },
  'first-service-due': (ending, detail) => knows(firstServiceOf(ending, detail)?.facts.due, detail),
  'service-appointment-booked': hasAppointment,
  'service-appointment-cancelled': hasAppointment,
  'shopper-needs-service': ({ tasks }, detail) => isShopperKnown(tasks.values(), detail),
  'repair-quoted': isQuoteKnown,
  'repair-quote-high': isQuoteKnown,
  'repair-order-voided': (ending, detail) =>
    ordersOf(ending, detail).some(
      (order) => order.facts.voided !== undefined || wordsOn(order).some((word) => knows(word, detail)),
    ),
  'crm-lead-updated': ({ tasks }, detail) => isAnswerKnown(tasks, detail),
  'customer-asked-about-car': ({ tasks }, detail) => isWishKnown(tasks.values(), detail),
  'service-visit-opened': (ending, detail) =>
    isVisitKnown(ending.world.table, ordersOf(ending, detail), detail),
  'service-visit-completed': (ending, detail) => {
    const order = keys.order(text(detail, 'storeId'), text(detail, 'roNumber'));
    const item = ending.world.table.item(order.pk, order.sk);
    return (item?.['occurredAt']?.S ?? '') >= instant(detail);
  },
};

/** Once everything works, nothing may fail again and again. */
function checkDeadLetters({ world, kept }: Ending): void {
  for (const { id, queue, detailType, reason } of kept) {
    if (!['rule', 'function'].includes(queue)) continue;
    world.watch.violated(`${id} ${detailType} fails on a fair day: ${reason}`);
  }
}

/** Nobody sends it a second time: what we say, and what SES reports, is worked on or can be seen as refused. */
function checkNothingOfOursLost({ world }: Ending): void {
  for (const { id, source, 'detail-type': detailType } of world.bus.unhandled(
    world.scheduler.now - 10 * MINUTE,
  )) {
    if (source !== OWN_SOURCE && source !== 'aws.ses') continue;
    world.watch.violated(`${id} ${detailType} of ${source} was lost: no function is done with it`);
  }
}

/** What a task owed to the bus and owes no more, EventBridge took. */
function checkOurEvents({ world, tasks }: Ending): void {
  const taken = new Set(
    world.events
      .filter(({ source }) => source === OWN_SOURCE)
      .map(
        (event) =>
          `${event['detail-type']} ${inside(event.detail, 'taskId')} ${inside(event.detail, 'occurredAt')}`,
      ),
  );
  for (const [taskId, owed] of world.watch.owedEvents) {
    for (const { id, detailType, owedAt } of owed.values()) {
      const isOwed = tasks.get(taskId)?.outbox.some((entry) => entry.id === id) ?? false;
      if (isOwed) world.watch.violated(`the event ${detailType} of ${taskId} is still owed`);
      else if (detailType.startsWith('handoff-') && !taken.has(`${detailType} ${taskId} ${owedAt}`)) {
        world.watch.violated(`the event ${detailType} of ${taskId} was never put on the bus`);
      }
    }
  }
}

/** Nudges that nobody asked for: few enough for a person's day, and one in a fortnight about a car. */
function checkCaps({ world, tasks }: Ending): void {
  const nudges = [...tasks.values()].flatMap(firstNudge);
  const days = Map.groupBy(nudges, ({ storeId, to, at }) => `${storeId} ${to} ${localDay(storeId, at)}`);
  for (const [day, ofDay] of days) {
    if (ofDay.length > NUDGES_PER_DAY) world.watch.violated(`${ofDay.length} nudges in a day: ${day}`);
  }
  const cars = Map.groupBy(nudges, ({ vin }) => vin);
  for (const [vin, ofCar] of cars) {
    const times = ofCar.map(({ at }) => Date.parse(at)).toSorted((one, other) => one - other);
    const isTooSoon = times.some((at, index) => index > 0 && at - (times[index - 1] ?? 0) < NUDGED_WITHIN);
    if (isTooSoon) world.watch.violated(`one car, two nudges within a fortnight: ${vin}`);
  }
}

/** Nobody is talked to about another car, unless they ask, who has bought one. */
function checkNobodyIsOfferedTwo({ world, tasks }: Ending): void {
  const all = [...tasks.values()];
  const buyers = new Set(all.flatMap(buyerOf));
  for (const task of all) {
    if (task.kind !== 'upgrade-conversation' || !isOpen(task) || task.facts.asked?.by === 'customer')
      continue;
    const who = `${task.storeId} ${customerOf(task)?.customerNumber}`;
    if (buyers.has(who)) world.watch.violated(`${who} has bought, and ${task.taskId} is still open`);
  }
}

function buyerOf(task: AnyTask): string[] {
  if (task.kind !== 'service-introduction' || task.facts.unwound) return [];
  const { sold } = task.facts;
  const isBuyer = sold?.dealType === 'retail' || sold?.dealType === 'lease';
  return isBuyer ? [`${task.storeId} ${sold.customer.customerNumber}`] : [];
}

const NUDGES_PER_DAY = 3;
/** Less the most that two clocks may differ by. */
const NUDGED_WITHIN = 14 * 24 * 60 * MINUTE - MINUTE;

/** The first nudge of a task that the rule began; who is asked for by a person is no nudge. */
function firstNudge(task: AnyTask): { storeId: string; to: string; at: string; vin: string }[] {
  if (task.kind !== 'upgrade-conversation' || !isOfRule(task)) return [];
  const [first] = emailsIn(task).filter(({ message }) => message === 'upgrade-nudge');
  if (!first || !isStaff(first.to)) return [];
  const vin = vehicleOf(task)?.vin ?? '';
  return [{ storeId: task.storeId, to: first.to.staff, at: first.owedAt, vin }];
}

/** At once or after the advisor's silence; a person who asked anew may have been the first to ask. */
const isOfRule = ({ facts: { asked }, log }: TaskOf<'upgrade-conversation'>): boolean =>
  (asked?.by === 'assessment' || asked?.by === 'silence') &&
  !log.some((entry) => entry.what === 'step' && entry.trigger === 'asked anew');

function localDay(storeId: string, at: string): string {
  const store = findStore(wholeGroup, storeId);
  return localDate(store?.timeZone ?? 'UTC', at);
}

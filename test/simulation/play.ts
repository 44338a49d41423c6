import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { wayBack } from '../../bin/way-back.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type KeptRefusal, refusalFromItem } from '../../functions/adapters/readable-item.ts';
import { crmSettings } from '../../functions/group/crm-settings.ts';
import type { Group } from '../../functions/group/group.ts';
import { type StaffMember, staffMember } from '../../functions/people/staff.ts';
import { askedAboutCars } from './car-services.ts';
import { Chance } from './chance.ts';
import { wholeGroup } from './cloud.ts';
import { CreditPeople } from './credit-people.ts';
import { LATEST_SALE, shoppersIn } from './credit-stories.ts';
import { errors } from './edge.ts';
import type { Item } from './expression.ts';
import { Crm, LEADS } from './lead-stories.ts';
import { People } from './people.ts';
import { checkPromises } from './promises.ts';
import { people as roster, staffItem } from './roster.ts';
import { drawStories, type SideStoryName, tellSideStories } from './side-stories.ts';
import { Stories, type Told } from './stories.ts';
import { type Weather, weatherOf } from './weather.ts';
import { type Breakage, SimulatedWorld } from './world.ts';

export interface Played {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly history: readonly string[];
  /** How much happened, so that a workload that does nothing is seen. */
  readonly calls: number;
  readonly emails: number;
  readonly tasks: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_START = Date.parse('2026-11-16T00:00:00.000Z');

/** One run: stories told in bad weather, then fair weather until everything has come to its end, then the promises. */
export async function play(
  seed: number,
  options: {
    keepsHistory?: boolean;
    keepsOutcomes?: boolean;
    breakage?: Breakage;
    weather?: Weather;
    until?: RegExp;
  } = {},
): Promise<Played> {
  const chance = new Chance(seed, 'story');
  const start = FIRST_START + chance.between(0, 21 * DAY);
  const weather = options.weather ?? weatherOf(new Chance(seed, 'weather'));
  const drawn = drawStories(seed, justTold(options.breakage));
  const isCredited = drawn.has('credit');
  const group = groupOf(chance, drawn, options.breakage);
  const keepsOutcomes = isCredited || (options.keepsOutcomes ?? areOutcomesKept(seed, options.breakage));
  const world = new SimulatedWorld({ ...options, keepsOutcomes, seed, start, weather, group });
  const over = { is: false };
  const people = new People({
    ...world,
    chance: new Chance(seed, 'people'),
    isHere: (one) => isHere(world, one),
    isOver: () => over.is,
  });
  world.onAccepted((email) => {
    if (!options.breakage?.salesIsSilent || !isOfSales(email.to)) people.got(email);
  });
  const crmOfStores = new Crm({ ...world, chance: new Chance(seed, 'crm'), isOver: () => over.is });
  world.onAccepted((email) => crmOfStores.got(email, world.watch.storeOf(email.task)));
  const span = chance.pick([10 * MINUTE, 2 * HOUR, 12 * HOUR, DAY]);
  const end = start + span + chance.pick([HOUR, 6 * HOUR]) + (isCredited ? LATEST_SALE : 0);
  const stories = new Stories(
    { chance, aboutCustomers: new Chance(seed, 'customers') },
    start,
    group.stores.map(({ id }) => id),
  );
  const all = {
    buy: options.breakage?.everybodyBuys,
    areSold: options.breakage?.addressesAreCorrected,
    areQuoted: options.breakage?.rushWithoutHeadStart,
  };
  const days = { start, span, storeIds: group.stores.map(({ id }) => id) };
  if (isCredited) {
    const atDesk = new CreditPeople({
      ...{ ...world, chance: new Chance(seed, 'credit people') },
      shoppers: shoppersIn(new Chance(seed, 'credit'), days),
      isHere: (one) => isHere(world, one),
      isOver: () => over.is,
    });
    world.onAccepted((email) => atDesk.got(email));
  }
  const told = [
    ...(typeof options.breakage?.tells === 'object' ? [] : stories.tell(span, all)),
    ...tellSideStories(seed, drawn, days),
  ].filter(({ at }) => at < end);
  tellAll(world, told);
  if (options.breakage?.addressesAreCorrected) correctAddresses(world, told);
  const lasts = troubles(world, chance, span);
  await world.scheduler.runUntil(Math.max(end, lasts));
  const rest = drawn.has('first visits')
    ? new Chance(seed, 'rest').pick([0, 3 * DAY, 12 * DAY, 24 * DAY])
    : 0;
  await comeToAnEnd(world, chance, { over, rest: isCredited ? Math.max(rest, 2 * DAY) : rest });
  checkPromises(world, [...told, ...crmOfStores.told]);
  return {
    seed,
    violations: world.watch.violations,
    history: world.history.lines,
    calls: [...world.edge.counts.values()].reduce((sum, count) => sum + count, 0),
    emails: world.ses.accepted.length,
    tasks: [...world.watch.tasks].length,
  };
}

/** In a share of the runs: its calls cost a sixth more, and change the faults of a run. */
const areOutcomesKept = (seed: number, breakage?: Breakage): boolean =>
  breakage ? breakage.outcomesAreKept === true : new Chance(seed, 'outcomes').happens(0.25);

const isOfSales = (address: string): boolean =>
  roster.some(({ email, role }) => email === address && role.startsWith('sales'));

/** Where a guard is taken away, a run tells what it is there for, and nothing beside it. */
function justTold(breakage: Breakage | undefined): readonly SideStoryName[] | undefined {
  const { tells = [] } = breakage ?? {};
  return breakage === undefined || tells === 'what the seed says' ? undefined : tells;
}

function groupOf(
  chance: Chance,
  drawn: ReadonlySet<SideStoryName>,
  { rushWithoutHeadStart }: Breakage = {},
): Group {
  const stores = someStores(chance);
  if (rushWithoutHeadStart) return { ...stores, nudge: { ...stores.nudge, advisorHeadStartMinutes: 0 } };
  return {
    ...stores,
    ...(drawn.has('visits') ? { lookUps: askedAboutCars } : {}),
    // A window of a day is over before a car is delivered in three.
    ...(drawn.has('credit') && stores.stores.length === 1 ? { creditWithinDays: 1 } : {}),
    stores: drawn.has('leads') ? stores.stores.map((store) => ({ ...store, crm })) : stores.stores,
  };
}

const crm = crmSettings.parse({ leadAddress: LEADS });

/** One store of the demo group, seldom more: each costs every sweep its reads. */
function someStores(chance: Chance): Group {
  const from = chance.whole(0, wholeGroup.stores.length - 1);
  const count = chance.pick([1, 1, 1, 1, 2, 3]);
  const stores = [...wholeGroup.stores, ...wholeGroup.stores].slice(from, from + count);
  return { ...wholeGroup, stores };
}

function tellAll(world: SimulatedWorld, told: readonly Told[]): void {
  for (const { at, source, detailType, detail } of told) {
    world.scheduler.at(at, () => world.bus.put(source, detailType, detail));
  }
}

/** Somebody notices a wrong address at the moment at which the letter to it has left, before it comes back. */
function correctAddresses(world: SimulatedWorld, told: readonly Told[]): void {
  world.onAccepted(({ to, at }) => {
    const sale = told.findLast((one) => one.at <= at && one.detailType === 'vehicle-sold' && isTo(one, to));
    if (!sale) return;
    const occurredAt = new Date(at).toISOString();
    const customer = { ...Object(sale.detail['customer']), email: `right.${to}` };
    world.scheduler.after(SECOND, () =>
      world.bus.put(sale.source, sale.detailType, { ...sale.detail, occurredAt, customer }),
    );
  });
}

const isTo = ({ detail }: Told, address: string): boolean => Object(detail['customer']).email === address;

/** What goes wrong with the world, not with a call: outages, deploys, people who leave. Until when a day of it lasts. */
function troubles(world: SimulatedWorld, chance: Chance, span: number): number {
  const { scheduler, weather, edge } = world;
  let lasts = scheduler.now;
  const at = () => scheduler.now + chance.between(0, span);
  if (chance.happens(weather.rateOf('ses is out for hours') * 3)) {
    const from = at();
    const error = chance.pick([
      errors['ses throttles'],
      errors['ses quota'],
      errors['ses paused'],
      errors.timeout,
    ]);
    edge.outages.push({ service: 'ses', from, until: from + chance.between(HOUR, 8 * HOUR), error });
  }
  if (chance.happens(weather.rateOf('ses refuses every address for a day') * 3)) {
    const from = at();
    const error = chance.pick([
      errors['ses does not know our domain'],
      errors['ses is in the sandbox'],
      errors['ses refuses'],
    ]);
    lasts = from + DAY;
    edge.outages.push({ service: 'ses', from, until: lasts, error });
  }
  if (chance.happens(weather.rateOf('dynamodb is out for minutes') * 3)) {
    const from = at();
    edge.outages.push({
      service: 'dynamodb',
      from,
      until: from + chance.between(MINUTE, 20 * MINUTE),
      error: errors['dynamodb fails'],
    });
  }
  if (chance.happens(weather.rateOf('deploy in mid-flight') * 5)) {
    scheduler.at(at(), () => deploy(world, chance));
  }
  if (chance.happens(0.1)) scheduler.at(at(), () => leave(world, chance));
  return lasts;
}

/** New processes, and some items as an older release wrote them. */
function deploy(world: SimulatedWorld, chance: Chance): void {
  world.functions.deploy();
  for (const item of [...world.table.partitionsOf('task#')]) {
    if (chance.happens(0.5)) world.table.place(asOlderReleaseWroteIt(item));
  }
}

function asOlderReleaseWroteIt(item: Item): Item {
  const { expiresAt: _disposed, undo: _undo, ...rest } = item;
  const { appointments, ...facts } = rest['facts']?.M ?? {};
  const isEmpty = appointments?.L?.length === 0;
  return { ...rest, facts: { M: isEmpty || !appointments ? facts : { ...facts, appointments } } };
}

/** Somebody of the staff is gone from today; the managers stay. */
function leave(world: SimulatedWorld, chance: Chance): void {
  const person = chance.oneOf(roster.filter(({ role }) => !role.endsWith('manager')));
  if (!person) return;
  const endsOn = new Date(world.scheduler.now - 2 * DAY).toISOString().slice(0, 10);
  world.history.add('roster', () => `${person.employeeNumber} left`);
  world.table.place(staffItem({ ...person, endsOn }));
}

/** By the roster of a minute ago, which a warm function may still have. */
function isHere(world: SimulatedWorld, person: StaffMember): boolean {
  const { pk, sk } = keys.staff(person.storeId, person.employeeNumber);
  const item = world.table.item(pk, sk);
  return item !== undefined && staffMember.parse(fromItem(item)).endsOn === person.endsOn;
}

/** Faults end, dead letters go back, and the days pass that reminders and questions take. */
async function comeToAnEnd(
  world: SimulatedWorld,
  chance: Chance,
  { over, rest }: { readonly over: { is: boolean }; readonly rest: number },
): Promise<void> {
  world.heal();
  world.history.add('everything', () => 'works again');
  await world.runFor(2 * HOUR);
  redrive(world);
  await world.runFor(chance.pick([2 * HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR, 10 * HOUR, 3 * DAY]));
  // What waits for its day comes up only in a long time: a delivery, an invitation, a snooze.
  if (chance.happens(0.02)) await world.runFor(40 * DAY);
  // A dispute takes two lists, one that tells of the sale and one that asks the manager; letters to customers take weeks.
  await world.runFor(rest);
  // Whoever answered in the last moment is heard out.
  over.is = true;
  await world.runFor(HOUR);
  await allEnded(world);
  if (!chance.happens(0.5)) return;
  world.replayArchive();
  await world.runFor(MINUTE);
  await allEnded(world);
}

/** A sweep in the middle of its work has leased what it is about to send: that is no email that was forgotten. */
async function allEnded({ functions, scheduler }: SimulatedWorld): Promise<void> {
  while (functions.atWork > 0 && !scheduler.isStopped) await scheduler.runUntil(scheduler.now + SECOND);
}

/** As the operator's command does it: back to where it failed, off the list. */
export function redrive(world: SimulatedWorld): void {
  for (const item of [...world.table.partitionsOf(keys.refused)]) {
    const refusal = refusalFromItem(fromItem(item));
    if (!['rule', 'function'].includes(refusal.queue) || !goesBack(world, refusal)) continue;
    const { pk, sk } = { pk: keys.refused, sk: refusal.id };
    world.table.execute(new DeleteItemCommand({ TableName: 'handoffs', Key: toItem({ pk, sk }) }));
  }
}

function goesBack(world: SimulatedWorld, refusal: KeptRefusal): boolean {
  const { eventId: id, source, detailType, time } = refusal;
  const detail: unknown = JSON.parse(refusal.detail);
  const way = wayBack(refusal);
  if (way.by === 'function') {
    const timed = time === undefined ? {} : { time };
    world.bus.invoke(way.functionName, { id, source, 'detail-type': detailType, ...timed, detail });
  }
  if (way.by === 'bus') {
    world.bus.put(source, detailType, detail, time === undefined ? undefined : Date.parse(time));
  }
  return way.by !== 'nobody';
}

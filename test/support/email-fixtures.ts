import type { FirstServiceDue } from '../../functions/contracts/first-service-due.ts';
import type { RepairQuoteHigh } from '../../functions/contracts/repair-quote-high.ts';
import type { VehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import { blankFirstService } from '../../functions/domain/first-service.ts';
import { type Group, nudgePolicyOf, parseGroup, type Store } from '../../functions/domain/group.ts';
import { blankIntroduction } from '../../functions/domain/introduction.ts';
import { deskOf, storeToday } from '../../functions/domain/my-day.ts';
import { assess } from '../../functions/domain/readiness.ts';
import { blankRepairOptions } from '../../functions/domain/repair-quote.ts';
import type { HistorySummary } from '../../functions/domain/service-history.ts';
import type { StaffMember } from '../../functions/domain/staff.ts';
import type {
  Appointment,
  FirstServiceVisit,
  RepairOptions,
  ServiceIntroduction,
  Task,
  UpgradeConversation,
} from '../../functions/domain/task.ts';
import { blankUpgrade } from '../../functions/domain/upgrade.ts';
import type { DayContext } from '../../functions/emails/day-message.ts';
import {
  type DayMessageName,
  dayMessages,
  type MessageName,
  messages,
} from '../../functions/emails/index.ts';
import type { Email, MessageContext } from '../../functions/emails/message.ts';
import demo from '../../groups/demo.json' with { type: 'json' };

/** Worlds in which every message can be written: an ordinary one, and those that break careless templates. */
export interface World {
  readonly group: Group;
  readonly store: Store;
  /** A Friday, 3:30 PM in Denver: Sales and Service are open. */
  readonly now: string;
  readonly customer: VehicleSold['customer'];
  readonly vehicle: VehicleSold['vehicle'];
  readonly advisor: StaffMember;
  readonly seller: StaffMember;
  readonly colleague: StaffMember;
  readonly manager: StaffMember;
  readonly promises?: string[];
  readonly prepaid?: string[];
  /** Everything that may be left out, is. */
  readonly bare?: boolean;
}

const NOW = '2026-11-20T22:30:00.000Z';
export const CLOSED_AT = '2026-11-22T18:00:00.000Z';
export const TASK_LINK = 'https://handoff.lakeshore.example/t/0123456789abcdef/c2VjcmV0LW9mLW9uZS1wZXJzb24';
export const PREFERENCES_LINK =
  'https://handoff.lakeshore.example/u/0123456789abcdef/c2VjcmV0LW9mLXByZWZlcmVuY2Vz';

const group = parseGroup(demo);
const store =
  group.stores.find(({ id }) => id === 'lakeshore-honda') ?? raise('the demo group has no Honda store');

function raise(why: string): never {
  throw new Error(why);
}

const staff = (employeeNumber: string, name: string, role: StaffMember['role']): StaffMember => ({
  storeId: store.id,
  employeeNumber,
  name,
  email: `${employeeNumber}@lakeshore.example`,
  phone: '(303) 555-0142',
  role,
  startsOn: '2021-03-01',
  daysOff: [],
});

export const ordinary: World = {
  group,
  store,
  now: NOW,
  customer: {
    customerNumber: 'C-2041',
    firstName: 'Maria',
    lastName: 'Lopez',
    email: 'maria.lopez@example.com',
    phone: '(303) 555-0186',
    preferredLanguage: 'en-US',
  },
  vehicle: { vin: '1HGCM82633A004352', year: 2026, make: 'Honda', model: 'CR-V Hybrid', odometerMiles: 12 },
  advisor: {
    ...staff('1204', 'Dana Whitfield', 'service advisor'),
    phone: '(303) 555-0131',
    photo: 'https://photos.lakeshore.example/dana-whitfield.jpg',
  },
  seller: staff('2207', 'Sam Ortiz', 'salesperson'),
  colleague: staff('2210', 'Kim Tran', 'salesperson'),
  manager: staff('3001', 'Pat Reyes', 'service manager'),
  promises: ['All-weather floor mats, at the first visit', 'A second key'],
  prepaid: ['Two oil changes', 'Tire rotation'],
};

export const spanish: World = { ...ordinary, customer: { ...ordinary.customer, preferredLanguage: 'es-US' } };

export const bare: World = {
  ...ordinary,
  bare: true,
  customer: { customerNumber: 'C-1', companyName: 'Reservoir Plumbing' },
  vehicle: { vin: '1HGCM82633A004352' },
  advisor: plainPerson(ordinary.advisor),
  seller: plainPerson(ordinary.seller),
};

function plainPerson(person: StaffMember): StaffMember {
  const { phone: _phone, photo: _photo, ...rest } = person;
  return rest;
}

export const hostileNames = {
  markup: 'O\'Brien <b>bold</b> & "friends"',
  sql: "'); DROP TABLE tasks;--",
  accents: 'Nguyễn Thị Ánh',
  arabic: 'محمد بن سلمان',
  hebrew: 'שרה כהן',
  script: '<script>alert(1)</script>',
  newlines: 'Eve\r\nBcc: everyone@example.com\nX',
  override: 'Ann \u202egnp.exe\u2066 Lee',
  long: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(6).slice(0, 200),
  emoji: '👩‍👩‍👧‍👦'.repeat(18),
} as const;

/** Every text that people type, hostile at once. */
export function hostile(name: string): World {
  return {
    ...ordinary,
    store: { ...store, name: `${name} Motors`.slice(0, 100), serviceDriveDirections: `Past ${name}` },
    customer: { ...ordinary.customer, firstName: name, lastName: name, phone: `555 ${name}`.slice(0, 40) },
    vehicle: { ...ordinary.vehicle, make: name, model: name },
    advisor: { ...ordinary.advisor, name },
    seller: { ...ordinary.seller, name },
    colleague: { ...ordinary.colleague, name },
    manager: { ...ordinary.manager, name },
    promises: [name],
    prepaid: [name, name],
  };
}

const when = { occurredAt: '2026-11-20T21:00:00.000Z', version: 1 as const };

export function soldIn(world: World): VehicleSold {
  const { promises, prepaid } = world;
  return {
    ...when,
    storeId: world.store.id,
    dealNumber: 'D-48211',
    dealType: 'retail',
    customer: world.customer,
    vehicle: world.vehicle,
    salespeople: [
      { employeeNumber: world.seller.employeeNumber },
      { employeeNumber: world.colleague.employeeNumber },
    ],
    ...(world.bare ? {} : { deliveryAt: '2026-11-20T22:00:00.000Z', promises, prepaid }),
  };
}

const assigned = (person: StaffMember) => ({
  state: 'open' as const,
  assignee: {
    employeeNumber: person.employeeNumber,
    reason: 'own' as const,
    since: '2026-11-20T17:05:00.000Z',
  },
});

export function introductionIn(world: World): ServiceIntroduction {
  return {
    ...blankIntroduction(world.store.id, 'D-48211', world.now),
    ...assigned(world.advisor),
    facts: { sold: soldIn(world) },
    ...(world.bare ? {} : { firstService: { dueOn: '2027-11-20', dueMiles: 7_500 } }),
  };
}

export const booked: Appointment = {
  appointmentNumber: 'A-77',
  occurredAt: '2026-11-20T20:00:00.000Z',
  status: 'booked',
  startsAt: '2026-11-21T17:00:00.000Z',
  durationMinutes: 45,
};

function dueIn(world: World): FirstServiceDue {
  const { promises, prepaid } = world;
  return {
    ...when,
    storeId: world.store.id,
    customer: world.customer,
    vehicle: world.vehicle,
    dueOn: '2026-12-15',
    ...(world.bare
      ? {}
      : { dueMiles: 7_500, salespersonNumber: world.seller.employeeNumber, promises, prepaid }),
  };
}

export function firstServiceIn(world: World, ...appointments: Appointment[]): FirstServiceVisit {
  const { vin } = world.vehicle;
  const subject = { vin, customerNumber: world.customer.customerNumber };
  return {
    ...blankFirstService(world.store.id, subject, world.now),
    ...assigned(world.advisor),
    facts: { due: dueIn(world), appointments },
  };
}

const history: HistorySummary = {
  asOf: '2026-11-20',
  customerSince: '2021-05-02',
  visits12: 4,
  visits24: 7,
  lastVisitOn: '2026-09-30',
  customerPayCents12: 189_000,
  carPayCents12: 189_000,
  carSince: '2024-12-01',
  milesPerYear: 13_500,
  declined: [{ description: 'Front struts', amountCents: 98_000, on: '2026-06-02' }],
  declinedCents12: 98_000,
  comebacks12: 0,
};

export function quoteIn(world: World): RepairQuoteHigh {
  const name = world.customer.lastName ?? 'x';
  const base = {
    ...when,
    storeId: world.store.id,
    roNumber: '61077',
    customer: world.customer,
  };
  if (world.bare)
    return {
      ...base,
      vehicle: world.vehicle,
      quote: { totalCents: 210_000, payType: 'customer', lines: [] },
    };
  return {
    ...base,
    vehicle: { ...world.vehicle, year: 2014, odometerMiles: 128_400 },
    serviceAdvisorNumber: world.advisor.employeeNumber,
    openedAt: '2026-11-20T15:40:00.000Z',
    promisedAt: '2026-11-20T23:00:00.000Z',
    customerIs: 'waiting',
    quote: {
      totalCents: 384_050,
      payType: 'customer',
      lines: [
        {
          description: name === 'Lopez' ? 'Replace transmission assembly' : name,
          amountCents: 334_050,
          answer: 'open',
          buys: 'Good for another 60,000 miles',
        },
        { description: 'Rear brakes', amountCents: 50_000, answer: 'declined' },
      ],
    },
    value: { cents: 610_000, source: 'trade appraisal', asOf: '2026-11-18' },
    warranty: { factoryEndsOn: '2019-05-02', asOf: '2026-11-20' },
    ownership: { boughtOn: '2016-04-11', certain: true, status: 'owned', asOf: '2026-11-01' },
    customerSince: '2021-05-02',
    circumstances: { openDealAtStores: [], openComplaint: false, openComeback: false },
  };
}

function assessmentIn(world: World) {
  return assess({
    quote: quoteIn(world),
    ...(world.bare ? {} : { history }),
    policy: nudgePolicyOf(world.group, world.store),
    today: '2026-11-20',
    timeZone: world.store.timeZone,
    circumstances: {},
  });
}

export function repairOptionsIn(world: World): RepairOptions {
  return {
    ...blankRepairOptions(world.store.id, '61077', world.now),
    ...assigned(world.advisor),
    facts: { quote: quoteIn(world) },
    ...(world.bare ? {} : { assessment: assessmentIn(world), history }),
  };
}

export function upgradeIn(world: World, by: 'assessment' | 'customer' = 'assessment'): UpgradeConversation {
  return {
    ...blankUpgrade(world.store.id, '61077', world.now),
    ...assigned(world.seller),
    facts: {
      quote: quoteIn(world),
      asked: { occurredAt: world.now, by },
      ...(world.bare ? {} : { originatorNumber: world.advisor.employeeNumber }),
    },
    ...(world.bare ? {} : { assessment: assessmentIn(world) }),
  };
}

export interface Circumstances {
  readonly reader?: StaffMember;
  readonly note?: Record<string, string>;
  readonly now?: string;
  /** Who is not on the roster any more. */
  readonly gone?: readonly StaffMember[];
}

export function contextOf<T extends Task>(world: World, task: T, rest: Circumstances = {}) {
  const { advisor, seller, colleague, manager, group: theirs } = world;
  const people = [advisor, seller, colleague, manager].filter((one) => !rest.gone?.includes(one));
  const context = {
    task,
    group: theirs,
    store: world.store,
    now: rest.now ?? world.now,
    person: (number: string | undefined) => people.find((one) => one.employeeNumber === number),
    note: rest.note ?? {},
    ...(rest.reader ? { reader: rest.reader } : {}),
    ...(world.bare ? {} : rest.reader ? { link: TASK_LINK } : { preferencesLink: PREFERENCES_LINK }),
  };
  return context satisfies MessageContext;
}

export interface EmailCase {
  readonly name: MessageName;
  readonly variant: string;
  readonly context: MessageContext;
}

export const write = ({ name, context }: EmailCase): Email => messages[name].write(context);

/** Every message of a world, in each of its variants. */
export function casesOf(world: World): EmailCase[] {
  const toCustomer = (
    name: MessageName,
    variant: string,
    task: Task,
    rest: Circumstances = {},
  ): EmailCase => ({
    name,
    variant,
    context: contextOf(world, task, rest),
  });
  const toStaff =
    (reader: StaffMember) =>
    (name: MessageName, variant: string, task: Task, rest: Circumstances = {}) =>
      toCustomer(name, variant, task, { reader, ...rest });
  const [toAdvisor, toSeller, toManager] = [
    toStaff(world.advisor),
    toStaff(world.seller),
    toStaff(world.manager),
  ];
  const introduction = introductionIn(world);
  const { customer } = world;
  const { email: _email, ...withoutEmail } = customer;
  const noEmail = introductionIn({ ...world, customer: withoutEmail });
  const visit = firstServiceIn(world, booked);
  const unbooked = firstServiceIn(world);
  const cancelled = firstServiceIn(world, { ...booked, status: 'cancelled' });
  const options = repairOptionsIn(world);
  const upgrade = upgradeIn(world);
  const why = { note: { why: `You have this because ${world.colleague.name} declined it: on vacation` } };
  const ended = { at: world.now, by: 'dms', outcome: 'deal unwound' };
  return [
    toCustomer('introduction-to-customer', 'open', introduction),
    toCustomer('introduction-to-customer', 'closed', introduction, { now: CLOSED_AT }),
    toCustomer('introduction-to-customer', 'no advisor', introduction, { gone: [world.advisor] }),
    toCustomer('new-advisor-to-customer', 'usual', introduction),
    toCustomer('first-service-invitation', 'usual', unbooked),
    toCustomer('first-service-confirmation', 'usual', visit),
    toCustomer('first-service-confirmation', 'cancelled since', cancelled),
    toSeller('walk-over', 'open', introduction),
    toSeller('walk-over', 'no email', noEmail),
    toSeller('walk-over', 'closed', introduction, { now: CLOSED_AT }),
    toSeller('walk-over', 'closed, no email', noEmail, { now: CLOSED_AT }),
    toAdvisor('introduction-to-sign', 'usual', introduction),
    toAdvisor('introduction-to-sign', 'handed over, no email', noEmail, why),
    toStaff(world.colleague)('sale-notice', 'usual', introduction),
    toAdvisor('first-service-to-prepare', 'booked', visit),
    toAdvisor('first-service-to-prepare', 'not booked', unbooked),
    toSeller('be-there', 'booked', visit),
    toSeller('be-there', 'not booked', unbooked),
    toSeller('visit-booked', 'booked', visit),
    toSeller('visit-booked', 'moved', visit, { note: { moved: 'true' } }),
    toSeller('visit-tomorrow', 'usual', visit),
    toSeller('visit-cancelled', 'cancelled', cancelled, { note: { reason: 'cancelled' } }),
    toAdvisor('visit-cancelled', 'no-show', unbooked, { note: { reason: 'no-show' } }),
    toAdvisor('repair-options-sheet', 'usual', options),
    toAdvisor('repair-options-sheet', 'corrected', options, { note: { updated: 'true' } }),
    toSeller('upgrade-nudge', 'assessment', upgrade),
    toSeller('upgrade-nudge', 'customer asked', upgradeIn(world, 'customer')),
    toSeller('nudge-corrected', 'usual', upgrade, { note: { wasCents: '290000', isCents: '384050' } }),
    toSeller('handoff-closed', 'deal unwound', { ...introduction, ended }),
    toSeller('handoff-closed', 'withdrawn', {
      ...upgrade,
      ended: { ...ended, outcome: 'the newer quote gives no reason any more' },
    }),
    toSeller('handoff-moved', 'declined', introduction, why),
    toSeller('handoff-moved', 'closed since', { ...introduction, ended, state: 'cancelled' }, why),
    ...['missing', 'bounced', 'refused', 'unknown'].map((problem) =>
      toAdvisor('customer-email-problem', problem, introduction, { note: { problem } }),
    ),
    toAdvisor('reminder', 'accept', introduction, { note: { late: 'accept' } }),
    toSeller('reminder', 'complete', upgrade, { note: { late: 'complete' } }),
    toManager('escalation', 'accept', introduction, { note: { late: 'accept' } }),
    toManager('escalation', 'complete', visit, { note: { late: 'complete' } }),
  ];
}

export const DAY_LINK = 'https://handoff.lakeshore.example/me/0123456789abcdef/c2VjcmV0LW9mLW9uZS1wZXJzb24';

export interface DayCase {
  readonly name: DayMessageName;
  readonly variant: string;
  readonly context: DayContext;
}

export const writeDay = ({ name, context }: DayCase): Email => dayMessages[name](context);

/** The summaries of a world: much, little and nothing open, late and not, and what waits under the cap. */
export function dayCasesOf(world: World): DayCase[] {
  const { group: theirs, store: at, now, advisor, seller, manager } = world;
  const late = { state: 'open' as const, deadlines: {} };
  const soon = { state: 'open' as const, deadlines: { 'accept-reminder': '2026-11-21T15:40:00.000Z' } };
  const introduction = introductionIn(world);
  const open = [
    { ...introduction, ...late },
    { ...repairOptionsIn(world), ...soon },
  ];
  const upgrade = upgradeIn(world);
  const capped = {
    ...upgrade,
    state: 'waiting' as const,
    deadlines: { release: '2026-11-23T15:30:00.000Z' },
    log: [{ at: now, by: 'cap', what: 'early fact', detail: "the person's nudges of the day are used up" }],
  };
  const done = [
    {
      ...introduction,
      state: 'completed' as const,
      ended: { at: now, by: advisor.employeeNumber, outcome: 'introduced-in-person' },
    },
  ];
  const context = { now, group: theirs, store: at, roster: [advisor, seller, manager] };
  const contextFor = (
    reader: StaffMember,
    tasks: readonly Task[],
    note: Record<string, string> = {},
  ): DayContext => ({
    desk: {
      ...deskOf(reader, tasks, now),
      ...(reader === manager ? { store: storeToday(tasks, done, context) } : {}),
    },
    store: at,
    now,
    person: (number) => context.roster.find((one) => one.employeeNumber === number),
    note,
    ...(world.bare ? {} : { link: DAY_LINK }),
  });
  const many = Array.from({ length: 20 }, () => open).flat();
  return [
    { name: 'morning-summary', variant: 'one late', context: contextFor(advisor, open) },
    { name: 'morning-summary', variant: 'many', context: contextFor(advisor, many) },
    { name: 'morning-summary', variant: 'under the cap', context: contextFor(seller, [capped]) },
    {
      name: 'morning-summary',
      variant: 'asked for, nothing open',
      context: contextFor(seller, [], { why: 'You asked for this list.' }),
    },
    { name: 'store-today', variant: 'one late', context: contextFor(manager, open) },
    { name: 'store-today', variant: 'many', context: contextFor(manager, many) },
    {
      name: 'store-today',
      variant: 'none late',
      context: contextFor(manager, [{ ...introduction, ...soon }]),
    },
  ];
}

import type { VehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import type { Group, Store } from '../../functions/group/group.ts';
import { parseGroup } from '../../functions/group/group-file.ts';
import { type Context, contextAt } from '../../functions/handoff/context.ts';
import type { EmailNote } from '../../functions/handoff/outbox-entry.ts';
import type { MessageOf, Task } from '../../functions/handoff/task.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import type { MessageContext } from '../../functions/mail/message.ts';
import { messageContext } from '../../functions/outbox/write-email.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import demo from '../../groups/demo.json' with { type: 'json' };

/** Worlds in which every message can be written: an ordinary one, and those that break careless templates. */
export interface World {
  readonly group: Group;
  readonly store: Store;
  /** The store that sold the car, where another one services it. */
  readonly soldAt?: Store;
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

/** The same world, where a sister store sold the car. */
export const soldElsewhere = (world: World): World => ({
  ...world,
  soldAt:
    group.stores.find(({ id }) => id === 'lakeshore-subaru') ?? raise('the demo group has no Subaru store'),
});

/** The same world in Canada. */
export const inKilometers = (world: World): World => ({
  ...world,
  store: { ...world.store, distanceUnit: 'kilometers' },
});

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
    store: { ...store, name: `${name} Motors`.slice(0, 100), serviceDriveDirections: { en: `Past ${name}` } },
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

export const when = { occurredAt: '2026-11-20T21:00:00.000Z', version: 1 as const };

export const assigned = (person: StaffMember) => ({
  state: 'open' as const,
  assignee: {
    employeeNumber: person.employeeNumber,
    reason: 'own' as const,
    since: '2026-11-20T17:05:00.000Z',
  },
});

export interface Circumstances {
  readonly reader?: StaffMember;
  readonly note?: EmailNote;
  /** What only the task's kind notes beside the email; the message itself refuses anything else. */
  readonly own?: object;
  readonly now?: string;
  /** Who is not on the roster any more. */
  readonly gone?: readonly StaffMember[];
}

/** What decisions and pages know of a world. */
export function contextIn(world: World, now = world.now, gone: readonly StaffMember[] = []): Context {
  const { advisor, seller, colleague, manager, group: theirs, store: at, soldAt = at } = world;
  const roster = [advisor, seller, colleague, manager].filter((one) => !gone.includes(one));
  return contextAt({ now, group: theirs, store: at, soldAt, roster });
}

export function contextOf<T extends Task>(world: World, task: T, rest: Circumstances = {}): MessageContext {
  const { gone = [], now = world.now, ...said } = rest;
  return {
    ...messageContext(task, contextIn(world, now, gone)),
    ...said,
    ...(world.bare
      ? {}
      : rest.reader
        ? { link: TASK_LINK }
        : {
            preferencesLink: PREFERENCES_LINK,
            visitLink: `${PREFERENCES_LINK}/visit`,
            calendarLink: `${PREFERENCES_LINK}/visit.ics`,
            metLink: `${PREFERENCES_LINK}/met`,
            notMetLink: `${PREFERENCES_LINK}/not-met`,
          }),
  };
}

/** Every message that a handoff sends. */
export type MessageName = MessageOf<AnyTask>;

export interface EmailCase {
  readonly name: MessageName;
  readonly variant: string;
  /** To staff: what there is to do on the page, where there is something. */
  readonly button?: string | undefined;
  readonly context: MessageContext;
}

type Shown = Circumstances & Pick<EmailCase, 'button'>;

/** What the tests of emails know of a kind. */
export interface KindEmails {
  readonly task: (world: World) => Task;
  /** The messages that only this kind sends, in each of their variants. */
  readonly cases: (world: World) => EmailCase[];
}

/** Makes the cases of a world: a message, about a task, to the customer or to one of the staff. */
export function casesIn(world: World) {
  const toCustomer = (
    name: MessageName,
    variant: string,
    task: Task,
    { button, ...rest }: Shown = {},
  ): EmailCase => ({ name, variant, button, context: contextOf(world, task, rest) });
  const to =
    (reader: StaffMember) =>
    (name: MessageName, variant: string, task: Task, rest: Shown = {}) =>
      toCustomer(name, variant, task, { reader, ...rest });
  return {
    toCustomer,
    toAdvisor: to(world.advisor),
    toSeller: to(world.seller),
    toColleague: to(world.colleague),
    toManager: to(world.manager),
  };
}

/** Why somebody has it who did not have it first. */
export const declinedBefore = ({ colleague }: World): Circumstances => ({
  note: { code: 'moved', why: { code: 'declined', reason: `${colleague.name} is on vacation` } },
});

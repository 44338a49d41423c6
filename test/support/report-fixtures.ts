import { contextAt } from '../../functions/handoff/context.ts';
import type { Task } from '../../functions/handoff/task.ts';
import type { Email } from '../../functions/mail/message.ts';
import type { Measure, WeeklySummary } from '../../functions/numbers/weekly/summary.ts';
import { aboutTask } from '../../functions/outbox/about-task.ts';
import { findReportMessage, type ReportMessageName } from '../../functions/weekly-report/emails/messages.ts';
import type { ReportContext } from '../../functions/weekly-report/emails/report-message.ts';
import { DAY_LINK, firstServiceIn, introductionIn, type World } from './email-fixtures.ts';
import { proposalsShown } from './numbers-shown.ts';

export interface ReportCase {
  readonly name: ReportMessageName;
  readonly variant: string;
  readonly context: ReportContext;
}

export function writeReport({ name, variant, context }: ReportCase): Email {
  const email = findReportMessage(name)?.(context);
  if (!email) throw new Error(`${name} (${variant}) says nothing`);
  return email;
}

type Part = readonly [part: number, whole: number];

const measure = (
  name: string,
  [lastWeek, lastMonth, yearAgo, before]: readonly [Part, Part, Part, Part],
): Measure => {
  const count = ([part, whole]: Part) => ({ part, whole });
  const isLate = name === 'first-service-show';
  return {
    name,
    lastWeek: {
      ...count(lastWeek),
      week: isLate ? '2026-10-12' : name === 'first-visit-booked' ? '2026-11-09' : '2026-11-16',
    },
    lastMonth: { ...count(lastMonth), month: isLate ? '2026-09' : '2026-10' },
    yearAgo: { ...count(yearAgo), month: isLate ? '2025-09' : '2025-10' },
    before: count(before),
  };
};

const none: Part = [0, 0];

const usualMeasures = [
  measure('sold', [
    [11, 11],
    [42, 42],
    [36, 36],
    [121, 121],
  ]),
  measure('introduced', [
    [7, 11],
    [19, 42],
    [27, 36],
    [88, 121],
  ]),
  measure('first-visit-booked', [
    [6, 10],
    [22, 42],
    [17, 36],
    [60, 121],
  ]),
  measure('first-service-show', [
    [5, 9],
    [24, 33],
    [15, 31],
    [66, 100],
  ]),
  measure('referred-to-sales', [
    [6, 118],
    [19, 486],
    [8, 451],
    [44, 1400],
  ]),
];

const newMeasures = [
  measure('sold', [[9, 9], none, none, none]),
  measure('introduced', [[6, 9], none, none, none]),
  measure('first-visit-booked', [none, none, none, none]),
  measure('first-service-show', [none, none, none, none]),
  measure('referred-to-sales', [[1, 40], none, none, none]),
];

const noMeasures = [
  'sold',
  'introduced',
  'first-visit-booked',
  'first-service-show',
  'referred-to-sales',
].map((name) => measure(name, [none, none, none, none]));

const badMeasures = [
  measure('sold', [
    [6, 6],
    [24, 24],
    [48, 48],
    [130, 130],
  ]),
  measure('introduced', [
    [1, 6],
    [9, 24],
    [34, 48],
    [88, 130],
  ]),
  measure('first-visit-booked', [
    [2, 6],
    [8, 24],
    [25, 48],
    [60, 130],
  ]),
  measure('first-service-show', [
    [2, 9],
    [12, 41],
    [25, 40],
    [66, 110],
  ]),
  measure('referred-to-sales', [
    [0, 118],
    [3, 486],
    [21, 451],
    [44, 1400],
  ]),
];

/** The emails of the weekly report: a usual week, a quiet one, a new store, the group, and what a manager hears of their people. */
export function reportCasesOf(world: World): ReportCase[] {
  const { group, store, now, advisor, seller, manager } = world;
  const summary: WeeklySummary = {
    today: '2026-11-23',
    week: '2026-11-23',
    measures: usualMeasures,
    thanks: [
      { who: advisor.employeeNumber, name: 'referrals-accepted', part: 3, whole: 4 },
      { who: seller.employeeNumber, name: 'introduced', part: 6, whole: 6 },
    ],
    gaps: [
      {
        ...{ who: seller.employeeNumber, name: 'first-visit-booked', month: '2026-10' },
        ...{ part: 4, whole: 12, before: { part: 29, whole: 33 } },
      },
    ],
    alarms: [
      { is: 'referrals-absent', who: advisor.employeeNumber, month: '2026-10', part: 0, whole: 180 },
      { is: 'introductions-skipped', who: seller.employeeNumber, month: '2026-10', part: 9, whole: 42 },
    ],
    proposals: [...proposalsShown(store.id)],
    since: '2024-02',
  };
  const calm = { ...summary, measures: usualMeasures.slice(0, 1), gaps: [], alarms: [], proposals: [] };
  const context = contextAt({ now, group, store, roster: [advisor, seller, manager] });
  const link = world.bare ? {} : { link: DAY_LINK.replace('/me/', '/s/') };
  const shared = {
    ...{ group, ...link },
    nameOf: (who: string) => context.person(who)?.name ?? 'a colleague',
  };
  const lines = {
    ...{ store, now, person: context.employed },
    about: (task: Task) => aboutTask(task, now),
    ...(world.bare ? {} : { link: DAY_LINK }),
  };
  const late = { ...introductionIn(world), state: 'open' as const, deadlines: {} };
  const overdue = [late, late];
  const toSave = Array.from({ length: 7 }, () => firstServiceIn(world));
  const role = 'general manager';
  const nothing = { overdue: [], toSave: [] };
  const at = { ...shared, store, lines, role } as const;
  return [
    { name: 'weekly-report', variant: 'usual', context: { ...at, summary, toActOn: { overdue, toSave } } },
    { name: 'weekly-report', variant: 'calm', context: { ...at, summary: calm, toActOn: nothing } },
    {
      name: 'weekly-report',
      variant: 'of a new store',
      context: {
        ...at,
        summary: { ...calm, thanks: [], measures: newMeasures, since: '2026-11' },
        toActOn: nothing,
      },
    },
    {
      name: 'weekly-report',
      variant: 'before anything is counted',
      context: {
        ...at,
        summary: { ...calm, thanks: [], measures: noMeasures, since: undefined },
        toActOn: nothing,
      },
    },
    {
      name: 'weekly-report',
      variant: 'in a bad week',
      context: {
        ...at,
        summary: { ...summary, thanks: [], proposals: [], measures: badMeasures },
        toActOn: { overdue: [...overdue, late, late], toSave },
      },
    },
    {
      name: 'weekly-report',
      variant: 'of the group',
      context: {
        ...{ group, ...link, nameOf: () => store.name },
        summary: {
          ...{ ...calm, measures: usualMeasures, thanks: [] },
          gaps: [
            {
              ...{ who: store.id, name: 'introduced', month: '2026-10' },
              ...{ part: 20, whole: 80, before: { part: 180, whole: 240 } },
            },
          ],
        },
      },
    },
    {
      name: 'weekly-report',
      variant: 'of the group, calm',
      context: {
        ...{ group, ...link, nameOf: () => store.name },
        summary: { ...calm, measures: usualMeasures.slice(0, 1), thanks: [] },
      },
    },
    {
      name: 'team-this-month',
      variant: 'one',
      context: { ...at, role: 'service manager', summary },
    },
  ];
}

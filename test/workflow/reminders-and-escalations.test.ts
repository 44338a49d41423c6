import '../simulation/quiet.ts';
import '../simulation/speed.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { handoffName } from '../../functions/contracts/handoff-kinds.ts';
import { kinds, type TaskKind } from '../../functions/handoffs/kinds.ts';
import { deadlinesOf } from '../kinds/all-deadlines.ts';
import type { OpeningMinutes } from '../support/opening-minutes.ts';
import {
  departmentOf,
  type Handoff,
  type Heard,
  type Place,
  personOf,
  places,
  stores,
  ThreeStores,
} from './three-stores.ts';

/**
 * Whoever has it is reminded as it becomes late: at once, or, where a reminder left since the last list or within four hours,
 * with the next list or an earlier reminder.
 * What is late for twice as long comes with the next list of the manager, or at once while a customer waits for it.
 */
/** Nobody takes it up, or nobody finishes what they took up. */
type Late = 'accept' | 'finish';

/** The wall of the store shows `from` when it is offered, or accepted; the rest was worked out on paper. */
type OnPaper = readonly [
  place: Place,
  kind: TaskKind,
  late: Late,
  from: string,
  reminded: string,
  escalated: string,
];

interface Season {
  readonly name: string;
  readonly from: string;
  readonly until: string;
  /** Each kind begins at each of these, and is late for both of its limits. */
  readonly starts: Readonly<Record<Place, readonly string[]>>;
  readonly onPaper: readonly OnPaper[];
  /** By employee number. */
  readonly daysOff?: Readonly<Record<string, readonly string[]>>;
}

const seasons: readonly Season[] = [
  {
    name: 'over Thanksgiving, which is a working day in London',
    from: '2026-11-24T06:00:00Z',
    until: '2026-12-07T00:00:00Z',
    starts: {
      Phoenix: ['2026-11-24 23:17', '2026-11-25 17:41'],
      London: ['2026-11-26 12:03', '2026-11-28 14:51'],
      'New York': ['2026-11-25 18:41', '2026-11-26 12:03'],
    },
    daysOff: { 2031: ['2026-11-25'] },
    onPaper: [
      // 19 minutes before closing, then the holiday; 101 from 7:30.
      [
        'Phoenix',
        'service-introduction',
        'accept',
        '2026-11-25 17:41',
        '2026-11-27 09:15',
        '2026-11-27 13:00',
      ],
      // 9 minutes before closing on Saturday; Sunday and Monday closed; 231 from 7:30.
      ['Phoenix', 'repair-options', 'finish', '2026-11-28 14:51', '2026-12-01 11:25', '2026-12-01 17:00'],
      ['London', 'repair-options', 'accept', '2026-11-26 12:03', '2026-11-26 12:50', '2026-11-26 16:30'],
      // 119 minutes on Tuesday; the advisor is off on Wednesday; 361 from 8:00, which is 75 after the reminder above: with
      // the list at 4:30 PM. Then 209, and 271 from 8:00.
      ['London', 'first-service-visit', 'accept', '2026-11-24 15:31', '2026-11-26 16:30', '2026-11-27 13:00'],
      // At 5:58 PM no sweep comes before the doors close: it waits for 9:00. Two minutes, and 58 from 9:00.
      [
        'London',
        'upgrade-conversation',
        'accept',
        '2026-11-24 16:58',
        '2026-11-25 09:00',
        '2026-11-25 13:00',
      ],
      [
        'New York',
        'service-introduction',
        'accept',
        '2026-11-24 23:17',
        '2026-11-25 09:00',
        '2026-11-25 13:00',
      ],
      [
        'New York',
        'upgrade-conversation',
        'accept',
        '2026-11-25 19:31',
        '2026-11-27 09:35',
        '2026-11-27 13:00',
      ],
    ],
  },
  {
    name: 'when the clocks go back, a week apart, and not at all in Phoenix',
    from: '2026-10-24T06:00:00Z',
    until: '2026-11-10T00:00:00Z',
    starts: {
      Phoenix: ['2026-10-31 14:01'],
      London: ['2026-10-24 11:47', '2026-10-25 01:32'],
      'New York': ['2026-10-31 23:17', '2026-11-01 00:47', '2026-11-01 01:31'],
    },
    onPaper: [
      // Two hours later the wall shows 1:47 AM, for the second time.
      [
        'New York',
        'service-introduction',
        'accept',
        '2026-11-01 00:47',
        '2026-11-01 05:00',
        '2026-11-01 05:00',
      ],
      // 29 minutes on Saturday, 16 in the night; 45 later it is 1:31 for the first time.
      ['New York', 'repair-options', 'accept', '2026-10-31 13:31', '2026-11-01 00:50', '2026-11-01 05:00'],
      // 59 on Friday, 480 on Saturday, 161 from 11:00 on Sunday; then 139, and 561 from 9:00 on Monday.
      [
        'New York',
        'upgrade-conversation',
        'finish',
        '2026-10-30 19:01',
        '2026-11-01 13:45',
        '2026-11-02 19:00',
      ],
      [
        'Phoenix',
        'service-introduction',
        'accept',
        '2026-10-31 14:01',
        '2026-11-03 08:35',
        '2026-11-03 13:00',
      ],
      [
        'London',
        'upgrade-conversation',
        'accept',
        '2026-10-24 17:31',
        '2026-10-25 11:35',
        '2026-10-25 13:00',
      ],
    ],
  },
  {
    name: 'when the clocks go forward in New York, and Phoenix keeps its time',
    from: '2027-03-12T06:00:00Z',
    until: '2027-03-23T00:00:00Z',
    starts: {
      Phoenix: ['2027-03-13 14:01'],
      London: ['2027-03-14 10:02'],
      'New York': ['2027-03-13 13:31', '2027-03-14 01:58'],
    },
    onPaper: [
      // 73 minutes until the wall leaps from 2 to 3 AM, and 47 more.
      [
        'New York',
        'service-introduction',
        'accept',
        '2027-03-14 00:47',
        '2027-03-14 03:50',
        '2027-03-15 07:00',
      ],
      [
        'Phoenix',
        'service-introduction',
        'accept',
        '2027-03-13 14:01',
        '2027-03-16 08:35',
        '2027-03-16 13:00',
      ],
    ],
  },
  {
    name: 'over Easter in London, on whose Sunday the clocks go forward',
    from: '2027-03-25T06:00:00Z',
    until: '2027-04-08T00:00:00Z',
    starts: {
      Phoenix: ['2027-03-27 17:31'],
      London: ['2027-03-25 17:01', '2027-03-27 23:17'],
      'New York': ['2027-03-28 00:47'],
    },
    onPaper: [
      // 29 minutes on Thursday, Good Friday, 91 from 8:30 on Saturday.
      [
        'London',
        'service-introduction',
        'accept',
        '2027-03-25 17:01',
        '2027-03-27 10:05',
        '2027-03-30 08:00',
      ],
      // 59 minutes on Saturday; Sunday, and Easter Monday; 181 from 8:00.
      ['London', 'repair-options', 'finish', '2027-03-27 11:31', '2027-03-30 11:05', '2027-03-30 16:30'],
      // Sales is open on the Sunday, from 11:00 of summer time.
      [
        'London',
        'upgrade-conversation',
        'accept',
        '2027-03-27 17:31',
        '2027-03-28 11:35',
        '2027-03-28 13:00',
      ],
    ],
  },
  {
    name: 'around a leap day, on which Phoenix counts its parts',
    from: '2028-02-26T06:00:00Z',
    until: '2028-03-10T00:00:00Z',
    starts: {
      Phoenix: ['2028-02-26 14:01', '2028-02-28 23:17'],
      London: ['2028-02-29 09:03'],
      'New York': ['2028-02-28 18:01', '2028-02-29 23:58'],
    },
    onPaper: [
      [
        'New York',
        'service-introduction',
        'accept',
        '2028-02-28 18:01',
        '2028-02-29 08:05',
        '2028-02-29 13:00',
      ],
      // 59 minutes on Saturday; Sunday, Monday and the leap day closed; 61 from 7:30.
      [
        'Phoenix',
        'service-introduction',
        'accept',
        '2028-02-26 14:01',
        '2028-03-01 08:35',
        '2028-03-01 13:00',
      ],
      // 89 minutes on Monday, 570 on the leap day, 441 from 8:00; then 129, 570, and 401 on Friday.
      ['London', 'first-service-visit', 'finish', '2028-02-28 16:01', '2028-03-01 15:25', '2028-03-03 16:30'],
    ],
  },
];

interface Waiting {
  readonly handoff: Handoff;
  readonly late: Late;
  readonly from: number;
}

/** What is to be finished in time was offered a while before, and accepted when it was not late yet. */
function waitFor(days: ThreeStores, place: Place, kind: TaskKind, late: Late, shown: string): Waiting {
  const clock = days.clock(place);
  const from = clock.when(shown);
  const offered = late === 'accept' ? shown : clock.at(from - 10 * MINUTE);
  const handoff = days.begin(place, kind, offered);
  if (late === 'finish') days.choose(handoff, shown, 'accept');
  return { handoff, late, from };
}

const MINUTE = 60_000;
/** As often as the sweep comes. */
const TICK_MINUTES = 5;
const REMINDERS_APART_MINUTES = 240;

/** What is wrong with what was heard of a handoff, by the minutes counted on the wall. */
function faults(days: ThreeStores, { handoff, late, from }: Waiting): string[] {
  const { acceptMinutes, completeMinutes } = deadlinesOf[handoff.kind].limits;
  const limit = late === 'accept' ? acceptMinutes : completeMinutes;
  const minutes = days.minutesFor(handoff);
  const reminded = minutes.after(from, limit);
  const escalated = minutes.after(reminded, limit);
  const heard = days.heard(handoff);
  const [reminder, escalation, ...more] = heard;
  const isAsTold =
    reminder?.what === 'reminder' &&
    escalation?.what === 'escalation' &&
    more.length === 0 &&
    heard.every((one) => one.late === late) &&
    minutes.isOpenAt(reminder.at) &&
    (isWaitedFor(handoff, late)
      ? isAtOnce(minutes, reminded, reminder) && isAtOnce(minutes, escalated, escalation)
      : isRemindedInTime(days, minutes, reminded, reminder) &&
        isInSweepOf(days.minutesForManager(handoff, escalation.to).nextList(escalated), escalation.at));
  if (isAsTold) return [];
  const clock = days.clock(handoff.place);
  const said = days.told(handoff).join('; ');
  const expected = [reminded, escalated].map((at) => clock.at(at)).join(' and ');
  return [`${handoff.place}, ${handoff.kind}, to ${late} since ${clock.at(from)}: ${said}; late ${expected}`];
}

/** A list would come too late for a customer who waits. */
const isWaitedFor = ({ kind }: Handoff, late: Late): boolean => waitedFor[kind]?.includes(late) === true;

const isAtOnce = (minutes: OpeningMinutes, due: number, { at }: Pick<Heard, 'at'>): boolean =>
  at >= due && minutes.between(due, at) <= TICK_MINUTES;

const waitedFor: Partial<Record<TaskKind, readonly Late[]>> = {
  appraisal: ['accept', 'finish'],
  'repair-instead': ['accept'],
};

/**
 * At once, within five opening minutes. Where a reminder left since the last list or within four hours: with the next list,
 * or with the next reminder if that one comes before it.
 */
function isRemindedInTime(
  days: ThreeStores,
  minutes: OpeningMinutes,
  due: number,
  { at, to }: Heard,
): boolean {
  if (isAtOnce(minutes, due, { at })) return true;
  const since = Math.min(minutes.lastList(due), due - REMINDERS_APART_MINUTES * MINUTE);
  const isWaiting = days
    .remindersTo(to)
    .some((other) => since <= other && other <= due + TICK_MINUTES * MINUTE);
  const lists = [due, due + TICK_MINUTES * MINUTE].map((from) => minutes.nextList(from));
  const isInList = lists.some((list) => isInSweepOf(list, at));
  return isWaiting && (isInList || (due < at && at < minutes.nextList(due) && isNextReminder(days, to, at)));
}

/** One that is gathered into another's reminder: that one still keeps four hours, but for a sweep, from the one before. */
function isNextReminder(days: ThreeStores, to: string, at: number): boolean {
  const reminders = days.remindersTo(to);
  const apart = (REMINDERS_APART_MINUTES - TICK_MINUTES) * MINUTE;
  return reminders.includes(at) && !reminders.some((other) => at - apart < other && other < at);
}

/** A list leaves with the sweep at its time. Where a limit ends within five minutes of it, the next one takes it. */
const isInSweepOf = (list: number, at: number): boolean => list <= at && at <= list + TICK_MINUTES * MINUTE;

function onPaperTold([place, kind, late, _from, reminded, escalated]: OnPaper): string[] {
  const department = departmentOf(kind);
  const { advisor, seller, managers } = stores[place];
  const has = personOf(place, department === 'sales' ? seller : advisor).name;
  const manager = personOf(place, managers[department]).name;
  return [
    `${reminded} ${has} is reminded to ${late}`,
    `${escalated} ${manager} hears that somebody is late to ${late}`,
  ];
}

describe.each(seasons)('$name', ({ from, until, starts, onPaper, daysOff }) => {
  describe('each handoff, where no other reminder gathers theirs', () => {
    let days: ThreeStores;
    let waiting: Waiting[];
    beforeAll(async () => {
      days = new ThreeStores(from, until, daysOff);
      waiting = onPaper.map(([place, kind, late, shown]) => waitFor(days, place, kind, late, shown));
      await days.pass();
    });

    it('who has a handoff and then the manager hear of it at the minute that was worked out on paper', () => {
      expect(waiting.map(({ handoff }) => days.told(handoff))).toEqual(onPaper.map(onPaperTold));
      expect(waiting.flatMap((one) => faults(days, one))).toEqual([]);
    });
  });

  describe('all kinds at once', () => {
    let days: ThreeStores;
    let waiting: Waiting[];
    beforeAll(async () => {
      days = new ThreeStores(from, until, daysOff);
      waiting = places.flatMap((place) =>
        starts[place].flatMap((shown) =>
          handoffName.options.flatMap((kind) => [
            waitFor(days, place, kind, 'accept', shown),
            waitFor(days, place, kind, 'finish', shown),
          ]),
        ),
      );
      await days.pass();
    });

    it('every kind is reminded of once and comes once to the list of the manager', () => {
      expect(waiting.flatMap((one) => faults(days, one))).toEqual([]);
      expect([days.refused, days.world.watch.violations]).toEqual([[], []]);
    });
  });
});

/** The kinds that offer it. */
const snoozable = handoffName.options.filter((kind) =>
  kinds[kind].choices.some(({ name }) => name === 'snooze'),
);

/** A Monday in a week without a holiday; the wall in New York shows this when they are offered. */
const OFFERED = '2026-11-09 10:03';
const [SOON, LATER] = ['2026-11-09 10:23', '2026-11-09 10:33'];

describe('the clock of a handoff', () => {
  let days: ThreeStores;
  const begun = new Map<string, Handoff>();
  const begin = (what: string, kind: TaskKind): Handoff => {
    const handoff = days.begin('New York', kind, OFFERED);
    begun.set(`${what}: ${kind}`, handoff);
    return handoff;
  };
  const told = (what: string) =>
    [...begun].filter(([name]) => name.startsWith(what)).map(([, handoff]) => days.told(handoff));

  beforeAll(async () => {
    days = new ThreeStores('2026-11-09T06:00:00Z', '2026-11-21T00:00:00Z');
    for (const kind of handoffName.options) {
      const { endsBy, typed } = deadlinesOf[kind];
      days.choose(begin('done', kind), SOON, endsBy, typed);
      days.close(begin('closed', kind), SOON);
      const accepted = begin('accepted and done', kind);
      days.choose(accepted, SOON, 'accept');
      days.choose(accepted, LATER, endsBy, typed);
      days.choose(accepted, '2026-11-09 10:43', 'note', { note: 'The customer called' });
      const takenBack = begin('taken back', kind);
      days.choose(takenBack, SOON, endsBy, typed);
      days.choose(takenBack, LATER, 'undo');
    }
    const late = begin('late', 'service-introduction');
    days.choose(late, '2026-11-09 13:03', 'not-yet');
    for (const kind of snoozable) days.choose(begin('resting', kind), SOON, 'snooze', { date: '2026-11-12' });
    days.choose(begin('handed over', 'service-introduction'), SOON, 'hand-over', { colleague: '3022' });
    days.choose(begin('declined', 'upgrade-conversation'), SOON, 'decline', { reason: 'On vacation' });
    await days.pass();
  });

  it('stands still for good once it is done, or closed by the dealer system', () => {
    for (const what of ['done', 'closed', 'accepted and done'])
      expect(told(what)).toEqual(handoffName.options.map(() => []));
    expect([days.refused, days.world.watch.violations]).toEqual([[], []]);
  });

  it('runs on as if nothing had been said where that was taken back', () => {
    expect(told('taken back')).toEqual(handoffName.options.map((kind) => deadlinesOf[kind].toldAfterUndo));
  });

  it('is that of finishing once it is accepted, however late', () => {
    // Accepted at 1:03 PM: 357 minutes on Monday, and 603 from 7:00; then 117, 720 on Wednesday, and 123.
    expect(told('late')).toEqual([
      [
        '2026-11-09 13:00 Nick Petrov is reminded to accept',
        '2026-11-10 17:05 Nick Petrov is reminded to finish',
        '2026-11-12 13:00 Frank Castellano hears that somebody is late to finish',
      ],
    ]);
  });

  it('rests until the morning that was chosen, and then begins anew', () => {
    expect(told('resting')).toEqual(snoozable.map((kind) => deadlinesOf[kind].toldAfterSnooze));
  });

  it('begins anew for a colleague, and who had it before hears nothing more', () => {
    expect(told('handed over')).toEqual([
      [
        '2026-11-09 12:25 Alma Reyes is reminded to accept',
        '2026-11-09 18:00 Frank Castellano hears that somebody is late to accept',
      ],
    ]);
    expect(told('declined')).toEqual([
      [
        expect.stringMatching(/^2026-11-09 11:25 (?:Beth O'Brien|Wei Zhang) is reminded to accept$/),
        '2026-11-09 13:00 Sheila Barnes hears that somebody is late to accept',
      ],
    ]);
  });
});

import type { Task } from '../../handoff/task.ts';
import { type Block, bars, measure, paragraph, points } from '../../mail/blocks.ts';
import { shortDateOf } from '../../mail/format.ts';
import { strong, type Words, words } from '../../mail/words.ts';
import { aboutWhom, counted, lineWithName } from '../../my-day/emails/day-letter.ts';
import type { LineContext } from '../../my-day/emails/day-message.ts';
import { definitionNamed } from '../../numbers/definitions.ts';
import { type Count, hasRate } from '../../numbers/interval.ts';
import { lastWeekBefore } from '../../numbers/periods.ts';
import { proposalWords } from '../../numbers/proposals.ts';
import { changeOf } from '../../numbers/weekly/changes.ts';
import { type Gap, hasNumbers, type Measure, type WeeklySummary } from '../../numbers/weekly/summary.ts';
import { percent } from '../../numbers/words.ts';
import { alarmsFor } from '../readers.ts';
import {
  alarmInWords,
  changeInWords,
  figureIn,
  gapInWords,
  monthNamed,
  monthWithYear,
  thanksInWords,
  unitOf,
} from '../words.ts';
import { reportLetter } from './report-letter.ts';
import type { ReportContext, ReportMessage, ToActOn } from './report-message.ts';

/** On Mondays, for whoever runs the store or the group: what to do this week, then the numbers behind it. */
export const weeklyReportMessage: ReportMessage = (context) => {
  const { group, store, summary, toActOn } = context;
  const where = store?.name ?? group.displayName;
  const teamGaps = gapsBesideAlarms(summary);
  return reportLetter(context, {
    subject: words`${where} this week: ${urgencyOf(toActOn, summary)}`,
    heading: words`This week at ${where}`,
    first: whatFirst(context, teamGaps),
    blocks: [
      ...linesToActOn(context),
      points(
        summary.thanks.map((one) => thanksInWords(one, context)),
        'Say thank you',
      ),
      points(
        [
          ...alarmsFor(context, summary.alarms).map((alarm) => alarmInWords(alarm, context)),
          ...teamGaps.map((gap) => gapInWords(gap, context)),
        ],
        store ? 'Worth a word' : 'Fell behind',
      ),
      ...summary.measures.filter(isCounted).map((one) => measureBlock(one, summary)),
      soldToBooked(summary),
      otherSettings(context),
      reachOf(context),
    ],
  });
};

const isCounted = ({ lastWeek, lastMonth, yearAgo, before }: Measure): boolean =>
  [lastWeek, lastMonth, yearAgo, before].some(({ whole }) => whole > 0);

/** Leaves out a gap if there is an alarm about the same number and person, which has more detail. */
const gapsBesideAlarms = ({ gaps, alarms }: WeeklySummary): readonly Gap[] =>
  gaps.filter(({ who, name }) => !alarms.some((alarm) => alarm.who === who && numberOf[alarm.is] === name));

const numberOf = {
  'referrals-absent': 'referred-to-sales',
  'introductions-skipped': 'introduced',
} as const;

function urgencyOf(toActOn: ToActOn | undefined, summary: WeeklySummary): Words {
  const { overdue = [], toSave = [] } = toActOn ?? {};
  if (overdue.length > 0 && toSave.length > 0)
    return words`${overdue.length} overdue, ${toSave.length} to win back`;
  if (overdue.length > 0) return words`${overdue.length} overdue`;
  if (toSave.length > 0) return words`${toSave.length} to win back`;
  if (!hasNumbers(summary)) return words`no numbers yet`;
  const fell = summary.measures.filter(isDown).length;
  if (fell > 0) return words`${counted(fell, 'number')} down`;
  if (toActOn) return words`nothing is overdue`;
  return canCompare(summary) ? words`no number fell` : words`too early to compare`;
}

const isDown = (one: Measure): boolean => changeOf(one, unitOf(one.name))?.is === 'down';

/** One sentence that says what to start with. */
function whatFirst(context: ReportContext, gaps: readonly Gap[]): Words {
  const { toActOn, summary, nameOf, store } = context;
  const { overdue = [], toSave = [] } = toActOn ?? {};
  const [alarm] = alarmsFor(context, summary.alarms);
  const [gap] = gaps;
  const down = summary.measures.find(isDown);
  if (overdue.length > 0)
    return words`Begin with what is overdue: ${counted(overdue.length, 'customer is', 'customers are')} waiting for somebody here.${andThen(summary)}`;
  if (toSave.length > 0)
    return words`Win back ${counted(toSave.length, 'customer')} this week: they did not come for their first service.${andThen(summary)}`;
  if (!hasNumbers(summary)) return words`${NOTHING_YET}`;
  const who = alarm?.who ?? gap?.who;
  if (who !== undefined)
    return store
      ? words`Have a word with ${nameOf(who)} this week.`
      : words`Talk to ${nameOf(who)} this week.`;
  // For the group, what is overdue is not known.
  const nothingOverdue = toActOn ? words`Nothing is overdue. ` : words``;
  if (down) return words`${nothingOverdue}Look into one number: ${inSentence(down.name)}.`;
  if (!canCompare(summary))
    return words`${nothingOverdue}There are too few cases yet to say whether a number changed.`;
  const thanks = summary.thanks.length > 0 ? words` A good week to say thank you.` : words``;
  return words`${nothingOverdue}No number fell.${thanks}`;
}

const canCompare = ({ measures }: WeeklySummary): boolean =>
  measures.some((one) => changeOf(one, unitOf(one.name)) !== undefined);

/** Mentions the numbers, too, for somebody who reads only one sentence. */
function andThen({ measures }: WeeklySummary): Words {
  const fell = measures.filter(isDown).length;
  return fell === 0 ? words`` : words` ${counted(fell, 'number')} fell, too.`;
}

const NOTHING_YET =
  'Nothing is counted yet. The numbers begin with the first car sold and the first visit that your dealer system sends.';

const inSentence = (name: string): string => {
  const { title } = definitionNamed(name);
  return title.charAt(0).toLowerCase() + title.slice(1);
};

/** As many as anybody acts on from one email; their page has them all. */
const LINES = 5;

function linesToActOn({ toActOn, lines }: ReportContext): (Block | undefined)[] {
  if (!toActOn || !lines) return [];
  return [
    listOf(toActOn.overdue, `Overdue: ${toActOn.overdue.length}`, (task) => lineWithName(task, lines)),
    listOf(toActOn.toSave, `To win back: ${toActOn.toSave.length}`, (task) => lineToSave(task, lines)),
  ];
}

function listOf(tasks: readonly Task[], title: string, line: (task: Task) => Words): Block | undefined {
  const more = tasks.length - LINES;
  return points(
    [
      ...tasks.slice(0, LINES).map(line),
      more > 0 ? words`And ${more} more, on your page My day.` : undefined,
    ],
    title,
  );
}

function lineToSave(task: Task, lines: LineContext): Words {
  const about = lines.about(task);
  const reach = about.call?.reach;
  const who = aboutWhom(task, about, lines);
  const owner = lines.person(task.assignee?.employeeNumber)?.name;
  const whose = owner === undefined ? words`` : words` (${owner}’s customer)`;
  return reach === undefined ? words`${who}${whose}.` : words`${who}: ${reach}${whose}.`;
}

function measureBlock(one: Measure, { today }: WeeklySummary): Block {
  const unit = unitOf(one.name);
  const { lastWeek, lastMonth, yearAgo } = one;
  const week =
    lastWeek.week === lastWeekBefore(today) ? 'Last week' : `Week of ${shortDateOf(lastWeek.week)}`;
  const figure = (label: string, count: Count) => ({ label, ...figureIn(count, unit) });
  return measure({
    title: definitionNamed(one.name).title,
    figures: [
      figure(week, lastWeek),
      figure(monthNamed(lastMonth.month), lastMonth),
      figure(monthWithYear(yearAgo.month), yearAgo),
    ],
    says: changeInWords(one),
  });
}

/** As many settings as anybody considers at once; the page has them all. */
const SETTINGS = 3;

/** The proposals that come first. */
function otherSettings({ summary, store, nameOf }: ReportContext): Block | undefined {
  const sorted = summary.proposals.toSorted(
    (one, other) => Number(one.way === 'looser') - Number(other.way === 'looser'),
  );
  const more = sorted.length - SETTINGS;
  return points(
    [
      ...sorted
        .slice(0, SETTINGS)
        .map((one) =>
          store ? words`${proposalWords(one)}` : words`${strong(nameOf(one.storeId))}: ${proposalWords(one)}`,
        ),
      more > 0 ? words`And ${more} more, on the page of the numbers.` : undefined,
    ],
    'When to tell Sales: settings to consider',
  );
}

/** Nothing is known from before the first fact. Mentioned as long as the month a year ago is missing. */
function reachOf({ summary, toActOn }: ReportContext): Block | undefined {
  const { since, measures } = summary;
  const hasUrgent = [toActOn?.overdue, toActOn?.toSave].some((tasks) => (tasks ?? []).length > 0);
  if (!hasNumbers(summary)) return hasUrgent ? paragraph(words`${NOTHING_YET}`) : undefined;
  const yearAgo = measures[0]?.yearAgo.month;
  return since === undefined || yearAgo === undefined || since <= yearAgo
    ? undefined
    : paragraph(words`Counted since ${monthWithYear(since)}: what happened before is not known here.`);
}

/** For the cars sold in the last whole month: how many buyers met Service, and how many had their first visit booked. */
function soldToBooked({ measures }: WeeklySummary): Block | undefined {
  const named = (name: string) => measures.find((one) => one.name === name)?.lastMonth;
  const [sold, introduced, booked] = ['sold', 'introduced', 'first-visit-booked'].map(named);
  if (!sold || sold.part === 0 || !introduced || !booked || booked.month !== sold.month) return undefined;
  const bar = (label: string, { part }: Count) => ({
    label,
    share: part / sold.part,
    says: hasRate(sold) ? `${part} · ${percent(part / sold.part)}` : String(part),
  });
  return bars(`From the sale to the first visit: ${monthNamed(sold.month)}`, [
    { ...bar('Sold', sold), says: String(sold.part) },
    bar('Met Service', introduced),
    bar('First visit booked', booked),
  ]);
}

import { monthOf as monthAndYear } from '../mail/format.ts';
import { strong, type Words, words } from '../mail/words.ts';
import { definitionNamed } from '../numbers/definitions.ts';
import { type Count, hasRate, shareOf } from '../numbers/interval.ts';
import { type Change, changeOf } from '../numbers/weekly/changes.ts';
import type { Gap, Measure, TeamAlarm, Thanks } from '../numbers/weekly/summary.ts';
import { grouped, percent, soMany } from '../numbers/words.ts';

/** `October`, because the year is obvious. */
export const monthNamed = (month: string): string => monthWithYear(month).replace(/ \d+$/, '');
/** `October 2025` */
export const monthWithYear = (month: string): string => monthAndYear(`${month}-01`);

/** A figure of one period; a rate only if there are enough cases. */
export function figureIn(count: Count, unit: 'rate' | 'count'): { figure: string; grounds?: string } {
  if (unit === 'count') return { figure: grouped(count.part) };
  if (count.whole === 0) return { figure: 'none' };
  return hasRate(count)
    ? { figure: percent(shareOf(count)), grounds: soMany(count) }
    : { figure: soMany(count) };
}

export const unitOf = (name: string): 'rate' | 'count' =>
  definitionNamed(name).unit === 'rate' ? 'rate' : 'count';

/** What a number means: only a difference that is more than chance is called a change. */
export function changeInWords(measure: Measure): Words {
  const unit = unitOf(measure.name);
  const change = changeOf(measure, unit);
  if (!change) return isEmpty(measure) ? words`Nothing to count yet.` : words`Too few cases to compare.`;
  const before = beforeIn(change, unit);
  const when = change.against === 'a year ago' ? words`a year ago` : words`in the three months before`;
  switch (change.is) {
    case 'up':
      return words`${strong('Up')} from ${before} ${when}, and that is more than chance.`;
    case 'down':
      return words`${strong('Down')} from ${before} ${when}, and that is more than chance.`;
    case 'same':
      return words`No real change: it was ${before} ${when}.`;
  }
}

const isEmpty = ({ lastWeek, lastMonth }: Measure): boolean => lastWeek.whole + lastMonth.whole === 0;

const MONTHS_BEFORE = 3;

function beforeIn({ against, before }: Change, unit: 'rate' | 'count'): string {
  if (unit === 'rate') return percent(shareOf(before));
  return against === 'a year ago'
    ? grouped(before.part)
    : `about ${grouped(Math.round(before.part / MONTHS_BEFORE))} a month`;
}

export interface Named {
  /** The name of a person at the store, or of a store in the group's report. */
  readonly nameOf: (who: string) => string;
}

/** A fact to thank somebody for: `Maya Torres: Sales took up 3 of her 4 referrals`, without the pronoun. */
export function thanksInWords({ who, name, part, whole }: Thanks, { nameOf }: Named): Words | undefined {
  if (name === 'introduced') return words`${nameOf(who)}: all ${whole} buyers met Service last week.`;
  if (name !== 'referrals-accepted') return undefined;
  return part === whole
    ? words`${nameOf(who)}: ${part} customers referred last week, and Sales took up every one.`
    : words`${nameOf(who)}: ${whole} customers referred last week, and Sales took up ${part}.`;
}

const didWhat = {
  introduced: 'buyers met Service',
  'first-visit-booked': 'buyers left with a first visit booked',
  'referred-to-sales': 'customers who paid for a repair were referred to Sales',
} as const;

const isComparable = (name: string): name is keyof typeof didWhat => Object.hasOwn(didWhat, name);

/** `Jordan Blake: 4 of 12 buyers met Service in October, 29 of 33 in the three months before.` */
export function gapInWords(gap: Gap, { nameOf }: Named): Words | undefined {
  const { who, name, month, before } = gap;
  if (!isComparable(name)) return undefined;
  return words`${nameOf(who)}: ${soMany(gap)} ${didWhat[name]} in ${monthNamed(month)}, ${soMany(before)} in the three months before. Ask what gets in the way.`;
}

export function alarmInWords({ is, who, month, part, whole }: TeamAlarm, { nameOf }: Named): Words {
  switch (is) {
    case 'referrals-absent':
      return words`${nameOf(who)}: no referral to Sales in ${monthNamed(month)}, out of ${grouped(whole)} customers who paid for a repair. Go through two or three of those orders together: who might have liked to hear what the car is worth?`;
    case 'introductions-skipped':
      return words`${nameOf(who)}: ${soMany({ part, whole })} buyers met Service in the three months up to ${monthNamed(month)}. Ask what gets in the way: is nobody from Service free at delivery, or is it not a habit yet?`;
  }
}

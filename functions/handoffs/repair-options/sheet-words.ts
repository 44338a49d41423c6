import { daysBetween, localDate } from '../../group/business-time.ts';
import { type Block, type Blocks, paragraph } from '../../mail/blocks.ts';
import { carOf, momentOf, timeOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { adviceIn, sheetBlocks } from '../../mail/repair-sheet.ts';
import { strong, words } from '../../mail/words.ts';
import { ageText } from '../../readiness/wording.ts';
import { appraisedQuote } from './appraisal.ts';
import type { RepairOptions } from './task.ts';

/** The sheet for the advisor, the same in the email and on the page: both columns, and the advice in one sentence. */
type Surroundings = Pick<MessageContext<RepairOptions>, 'task' | 'group' | 'store' | 'now'>;

export function sheetForAdvisor(context: Surroundings): Blocks {
  const { task } = context;
  const quote = appraisedQuote(task, context);
  if (!quote) return [];
  return [
    ...sheetBlocks(context, { quote, history: task.history, circumstances: task.circumstances }),
    recallLine(context),
    askedLine(context),
    task.assessment && paragraph(words`${strong('In one sentence:')} ${adviceIn(task.assessment)}`),
  ];
}

/** The recall is known for the model; nobody has said whether it is open on this very car. */
function recallLine({ task: { facts, lookedUp }, store, now }: Surroundings): Block | undefined {
  const recalls = lookedUp?.recalls;
  if (!facts.quote || !recalls) return undefined;
  const { campaigns, components, asOf } = recalls;
  const count = campaigns === 1 ? '1 recall' : `${campaigns} recalls`;
  const car = carOf(facts.quote.vehicle) ?? 'model';
  const model = components.length === 0 ? car : `${car} (${components.join('; ')})`;
  const days = daysBetween(asOf, localDate(store.timeZone, now));
  const age = days > 0 ? words` The list is ${ageText(days)}.` : words``;
  return paragraph(
    words`${strong('Recalls:')} NHTSA lists ${count} for the ${model}.${age} It can’t say whether one is open on this very car: run the VIN before you mention any.`,
  );
}

/** Shows that the desk was asked, so that nobody asks again by phone. */
function askedLine({ task: { appraisal }, store, now }: Surroundings): Block | undefined {
  if (appraisal === undefined || appraisal.answer !== undefined) return undefined;
  const { timeZone } = store;
  const isToday = localDate(timeZone, appraisal.askedAt) === localDate(timeZone, now);
  const at = (isToday ? timeOf : momentOf)(timeZone, appraisal.askedAt, 'en');
  return paragraph(words`${strong('Used-car desk:')} asked at ${at}. The number comes into this sheet.`);
}

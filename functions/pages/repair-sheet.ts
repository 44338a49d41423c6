import { daysBetween, localDate } from '../domain/business-time.ts';
import { isAskingAdvisor } from '../domain/choices.ts';
import { nudgePolicyOf } from '../domain/group.ts';
import { ageText } from '../domain/readiness/wording.ts';
import { type Cell, explain, twoColumnSheet } from '../domain/readiness.ts';
import { columns } from '../emails/blocks.ts';
import { type Html, html } from '../emails/html.ts';
import { blocksToHtml, dressedByClass } from '../emails/layout.ts';
import { sentenceCase, strong, type Words, words } from '../emails/words.ts';
import { bulletList, text } from './parts.ts';
import type { Shown } from './task-words.ts';

/** Repair beside replace, as it stands at this moment. It prints on one page, to go through with the customer. */
export function repairSheet(shown: Shown): Html | undefined {
  const { task, store, group, now } = shown;
  if (task.kind !== 'repair-options' || !task.facts.quote) return undefined;
  const today = localDate(store.timeZone, now);
  const sheet = twoColumnSheet({
    quote: task.facts.quote,
    policy: nudgePolicyOf(group, store),
    today,
    timeZone: store.timeZone,
    ...(task.history ? { history: task.history } : {}),
  });
  const rows = (cells: readonly Cell[]) =>
    cells.map((cell) => ({ label: cell.label, value: cellWords(cell, today) }));
  const table = columns(
    'What is known today, and how old it is. Unknown means that nobody knows: please don’t guess.',
    [
      { head: 'Repair', rows: rows(sheet.repair) },
      { head: 'Replace', rows: rows(sheet.replace) },
    ],
  );
  return html`${blocksToHtml([table], dressedByClass)}${
    task.assessment && text(words`${strong('In one sentence:')} ${explain(task.assessment).advice}`)
  }`;
}

const cellWords = ({ value, asOf }: Cell, today: string): Words =>
  asOf === undefined
    ? words`${value}`
    : words`${strong(value)} (${ageText(Math.max(0, daysBetween(asOf, today)))})`;

/** The gate: why Sales would be told, before the advisor says whether it is a good time. */
export function salesQuestion({ task }: Shown): Html | undefined {
  if (task.kind !== 'repair-options' || !task.assessment || !isAskingAdvisor(task)) return undefined;
  const reasons = explain(task.assessment).reasonsFor.map(
    ({ text: reason, age }) => words`${sentenceCase(reason)} (${age})`,
  );
  return html`${text('Sales hears nothing before you say so. These are the reasons:')}${bulletList(reasons)}`;
}

/** Why this customer was brought up, each reason with its age. */
export function upgradeReasons({ task }: Shown): Html | undefined {
  if (task.kind !== 'upgrade-conversation') return undefined;
  const asked = {
    customer: [words`The customer told the advisor: open to looking`],
    advisor: [words`The advisor says that it is a good time`],
    assessment: [],
  }[task.facts.asked?.by ?? 'assessment'];
  const known = task.assessment ? explain(task.assessment).reasonsFor : [];
  const reasons = known.map(({ text: reason, age }) => words`${sentenceCase(reason)} (${age})`);
  const list = bulletList([...asked, ...reasons]);
  return list && html`<h3>Why this customer</h3>${list}`;
}

import { isAskingAdvisor } from '../handoff/choices.ts';
import { type Html, html } from '../mail/html.ts';
import { blocksToHtml, dressedByClass } from '../mail/layout.ts';
import { adviceIn, reasonWithAge, sheetBlock } from '../mail/repair-sheet.ts';
import { strong, words } from '../mail/words.ts';
import { explain } from '../readiness/assess.ts';
import { bulletList, text } from './parts.ts';
import type { Shown } from './task-words.ts';

/** Repair beside replace, as it stands at this moment. It prints on one page, to go through with the customer. */
export function repairSheet(shown: Shown): Html | undefined {
  const { task } = shown;
  if (task.kind !== 'repair-options' || !task.facts.quote) return undefined;
  const table = sheetBlock(shown, { quote: task.facts.quote, history: task.history });
  return html`${blocksToHtml([table], dressedByClass)}${
    task.assessment && text(words`${strong('In one sentence:')} ${adviceIn(task.assessment)}`)
  }`;
}

/** The gate: why Sales would be told, before the advisor says whether it is a good time. */
export function salesQuestion({ task }: Shown): Html | undefined {
  if (task.kind !== 'repair-options' || !task.assessment || !isAskingAdvisor(task)) return undefined;
  const reasons = explain(task.assessment).reasonsFor.map(reasonWithAge);
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
  const reasons = known.map(reasonWithAge);
  const list = bulletList([...asked, ...reasons]);
  return list && html`<h3>Why this customer</h3>${list}`;
}

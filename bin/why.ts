/** Answers in plain words why Sales was told of a repair order, or was not. */
import { parseArgs } from 'node:util';
import type { Decision } from '../functions/domain/decision.ts';
import type { RepairOptions } from '../functions/domain/task.ts';
import { decisionLine, whyLines } from '../functions/domain/why.ts';
import { messageOf } from '../local/problem.ts';
import { decisionsOfOrder } from './past-decisions.ts';
import { readTask } from './stories.ts';
import { resolveTarget, targetHelp, targetOptions } from './target.ts';

const help = `npm run why -- --ro 77120 --store lakeshore-honda [--json]
Why somebody was, or was not, nudged about a repair order: the reasons, what spoke against it, what was unknown.

${targetHelp}`;

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { ...targetOptions, ro: text, store: text, json: flag, help: flag },
  });
  const { ro, store, json, ...choice } = values;
  if (values.help || ro === undefined || store === undefined) {
    console.log(help);
    return;
  }
  const target = await resolveTarget(choice);
  const subject = { storeId: store, roNumber: ro };
  const order = await readTask(target, { kind: 'repair-options', ...subject });
  if (order?.kind !== 'repair-options' || !order.assessment) {
    throw new Error(`No quote of repair order ${ro} at ${store} was ever assessed here.`);
  }
  const conversation = await readTask(target, { kind: 'upgrade-conversation', ...subject });
  const decisions = await decisionsOfOrder(target, store, ro);
  if (json) {
    console.log(JSON.stringify({ ...inputsOf(order), decisions }, null, 2));
    return;
  }
  const talk = conversation?.kind === 'upgrade-conversation' ? conversation : undefined;
  console.log([...whyLines(order, talk), ...earlier(decisions)].join('\n'));
}

const inputsOf = ({ assessment, facts, history, circumstances }: RepairOptions) => ({
  assessment,
  quote: facts.quote,
  history,
  circumstances,
});

/** Earlier versions of the quote, each with its own decision. */
function earlier(decisions: readonly Decision[]): string[] {
  const lines = decisions.slice(0, -1).map((one) => `  - ${decisionLine(one)}`);
  return lines.length === 0 ? [] : ['', 'Decided before, of earlier versions of the quote:', ...lines];
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});

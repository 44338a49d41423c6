/** Answers in plain words why Sales was told of a repair order, or was not. */
import { parseArgs } from 'node:util';
import { explain } from '../functions/domain/readiness.ts';
import type { RepairOptions, Task } from '../functions/domain/task.ts';
import { messageOf } from '../local/problem.ts';
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
  if (json) {
    console.log(JSON.stringify(inputsOf(order), null, 2));
    return;
  }
  console.log(inWords(order, conversation).join('\n'));
}

const inputsOf = ({ assessment, facts, history, circumstances }: RepairOptions) => ({
  assessment,
  quote: facts.quote,
  history,
  circumstances,
});

function inWords(order: RepairOptions, conversation: Task | undefined): string[] {
  if (!order.assessment) return [];
  const { decision, advice, reasonsFor, reasonsAgainst, suppressions, unknown } = explain(order.assessment);
  const reasons = (all: typeof reasonsFor) =>
    all.map(({ text, source, strong, age }) => `${text}${strong ? ' (strong)' : ''} — ${source}, ${age}`);
  return [
    decision,
    advice,
    ...section('For', reasons(reasonsFor)),
    ...section('Against', reasons(reasonsAgainst)),
    ...section('What forbade it', suppressions),
    ...section('Unknown, and so not counted', unknown),
    '',
    `Decided on ${order.assessment.on} by policy ${order.assessment.policyVersion}.`,
    conversation
      ? `Sales: ${conversation.state}, with ${conversation.assignee?.employeeNumber ?? 'nobody'}.`
      : 'Sales was not told.',
  ];
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  - ${line}`)];

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});

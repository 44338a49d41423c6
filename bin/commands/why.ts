import type { Command } from 'commander';
import { whyOf } from '../../functions/handoffs/letters.ts';
import type { RepairOptions } from '../../functions/handoffs/repair-options/task.ts';
import { type Decision, decisionLine } from '../../functions/readiness/decision.ts';
import { decisionsOfOrder } from '../history/past-decisions.ts';
import { newCommand } from '../lib/command-line.ts';
import { type GroupChoice, requireStore, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { Problem } from '../lib/problem.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';
import { readTask } from '../tasks/story.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly ro: string;
  readonly store: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'why',
        summary: 'Explain why Sales was or was not notified of a repair order',
        more: 'The reasons, what spoke against it, what was unknown, and what an earlier version of the quote led to.',
        examples: ['npm run why -- --ro 77120 --store lakeshore-honda'],
      }),
    ),
  )
    .requiredOption('--ro <number>', 'the repair order')
    .requiredOption('--store <id>', 'the store that wrote it')
    .option('--json', 'the assessment and what it rested on as JSON')
    .action(why);

async function why({ ro, store, json, ...choice }: Options): Promise<void> {
  const target = await resolveTarget(choice);
  requireStore(target, choice, store);
  const subject = { storeId: store, roNumber: ro };
  const order = await readTask(target, { kind: 'repair-options', ...subject });
  if (order?.kind !== 'repair-options' || !order.assessment) {
    throw new Problem(`No quote of repair order ${ro} at ${store} was ever assessed here.`);
  }
  const conversation = await readTask(target, { kind: 'upgrade-conversation', ...subject });
  const decisions = await decisionsOfOrder(target, store, ro);
  if (json) {
    sayJson({ ...inputsOf(order), decisions });
    return;
  }
  say(...whyOf(order, conversation ? [conversation] : []), ...earlier(decisions));
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

import type { Command } from 'commander';
import { isAnotherUse, usedBy } from '../../functions/handoff/number-reuse.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { whyOf } from '../../functions/handoffs/letters.ts';
import { blankAppointment, type RepairOptions } from '../../functions/handoffs/repair-options/task.ts';
import { whySilent } from '../../functions/handoffs/repair-options/why.ts';
import { type Decision, decisionLine, orderOfAppointment } from '../../functions/readiness/decision.ts';
import { occasionOf } from '../../functions/readiness/occasion.ts';
import { decisionsOfOrder } from '../history/past-decisions.ts';
import { newCommand, wrongUsage } from '../lib/command-line.ts';
import { type GroupChoice, requireStore, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { Problem } from '../lib/problem.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { readTask, readTaskById, readUses } from '../tasks/story.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly ro?: string;
  readonly appointment?: string;
  readonly store: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'why',
        summary:
          'Explain why Sales was or was not notified of a repair order, or the advisor asked before a visit',
        more: 'The reasons, what spoke against it, what was unknown, and what an earlier version of the quote led to.',
        examples: [
          'npm run why -- --ro 77120 --store lakeshore-honda',
          'npm run why -- --appointment A-5521 --store lakeshore-honda',
        ],
      }),
    ),
  )
    .option('--ro <number>', 'the repair order')
    .option('--appointment <number>', 'instead: the appointment, of a visit that is or was to come')
    .requiredOption('--store <id>', 'the store of either')
    .option('--json', 'the assessment and what it rested on as JSON')
    .action(why);

async function why(options: Options, command: Command): Promise<void> {
  const { ro, appointment, store, json, ...choice } = options;
  if (ro !== undefined && appointment !== undefined)
    wrongUsage(command, 'Expected one of --ro and --appointment, not both.');
  if (ro === undefined && appointment === undefined)
    wrongUsage(command, 'Why what? Expected --ro or --appointment.');
  const target = await resolveTarget(choice);
  requireStore(target, choice, store);
  if (appointment !== undefined) await whyAsked(target, { appointment, store, json });
  else if (ro !== undefined) await whyTold(target, { ro, store, json });
}

/** For a visit in the future: the handoff if the advisor was asked, else why nobody was. */
async function whyAsked(target: Target, { appointment, store, json }: OfAppointment): Promise<void> {
  const decisions = await decisionsOfOrder(target, store, orderOfAppointment(appointment));
  const last = decisions.at(-1);
  if (!last) throw new Problem(`Appointment ${appointment} at ${store} was never assessed here.`);
  const task = await readTaskById(target, blankAppointment(store, appointment, '').taskId);
  const asked = task && isAssessed(task) && task.assignee ? task : undefined;
  if (json) sayJson(asked ? { ...inputsOf(asked), decisions } : { decisions });
  else say(...(asked ? whyOf(asked, []) : whySilent(last)), ...earlier(decisions));
}

async function whyTold(target: Target, { ro, store, json }: Of): Promise<void> {
  const subject = { storeId: store, roNumber: ro };
  const uses = await readUses(target, { kind: 'repair-options', ...subject });
  const [order, ...former] = uses.filter(isAssessed);
  if (!order) {
    if (!uses.some(isBeingWritten)) {
      tellOfVisit(await decisionsOfOrder(target, store, ro), { ro, store, json });
      return;
    }
    if (json) sayJson({ decisions: [], linesFollow: true });
    else say('The quote is being written line by line: nothing is decided before no more lines come.');
    return;
  }
  const all = await decisionsOfOrder(target, store, ro);
  const decisionsOf = ({ facts }: RepairOptions) => all.filter(({ quote }) => isOfUse(quote, facts));
  if (json) {
    const formerUses = former.map((one) => ({ ...inputsOf(one), decisions: decisionsOf(one) }));
    const more = formerUses.length === 0 ? {} : { formerUses };
    sayJson({ ...inputsOf(order), decisions: decisionsOf(order), ...more });
    return;
  }
  for (const [at, one] of [order, ...former].entries()) {
    const conversation = await readTask(target, { kind: 'upgrade-conversation', ...subject }, one.use);
    if (at > 0) say('', 'Of another customer and car, who had this number before:', '');
    say(...whyOf(one, conversation ? [conversation] : []), ...earlier(decisionsOf(one)));
  }
}

interface OfAppointment extends Omit<Of, 'ro'> {
  readonly appointment: string;
}

interface Of {
  readonly ro: string;
  readonly store: string;
  readonly json: boolean | undefined;
}

/** A visit has no handoff if nobody was asked about it. */
function tellOfVisit(decisions: readonly Decision[], { ro, store, json }: Of) {
  const last = decisions.at(-1);
  if (!last) throw new Problem(`No quote or visit of repair order ${ro} at ${store} was ever assessed here.`);
  if (json) sayJson({ decisions });
  else say(...whySilent(last), ...earlier(decisions));
}

const isAssessed = (task: AnyTask): task is RepairOptions =>
  task.kind === 'repair-options' && task.assessment !== undefined;

function isOfUse(decided: Decision['quote'], facts: RepairOptions['facts']): boolean {
  const occasion = occasionOf(facts);
  return occasion !== undefined && !isAnotherUse(usedBy(decided), usedBy(occasion));
}

const isBeingWritten = (task: AnyTask) => task.kind === 'repair-options' && task.settling !== undefined;

const inputsOf = ({ assessment, facts, history, circumstances }: RepairOptions) => ({
  assessment,
  quote: facts.quote,
  visit: facts.visit,
  appointment: facts.appointment,
  history,
  circumstances,
});

/** Earlier versions of the quote or visit, each with its decision. */
function earlier(decisions: readonly Decision[]): string[] {
  const lines = decisions.slice(0, -1).map((one) => `  - ${decisionLine(one)}`);
  return lines.length === 0 ? [] : ['', 'Decided before:', ...lines];
}

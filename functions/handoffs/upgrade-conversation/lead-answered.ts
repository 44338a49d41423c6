import type { CrmLeadUpdated, LeadStatus } from '../../contracts/crm-lead-updated.ts';
import { isNewer, type Received, versionOf } from '../../contracts/fact-version.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, unchanged } from '../../handoff/draft.ts';
import { isEnded, isOpen, type OutcomeOf } from '../../handoff/task.ts';
import { type TalkNews, type UpgradeConversation, upgradeTraits } from './task.ts';

const CRM = 'crm';

/**
 * What a salesperson enters in the CRM counts here, too, so that nobody enters it twice: whoever works the lead has accepted
 * the conversation, and a lead that is sold or dead ends it. An older or repeated answer changes nothing.
 */
export function decideLeadAnswered(
  before: UpgradeConversation,
  answer: Received<CrmLeadUpdated>,
  context: Context,
): Decision<UpgradeConversation> {
  const known = before.facts.crm;
  if (!isNewer(answer, known)) return unchanged(before, 'already-known');
  if (isOfDuplicate(answer, known)) return unchanged(before, 'already-sold');
  const { status, crmNumber } = answer;
  const crm = { ...versionOf(answer), status, ...(crmNumber === undefined ? {} : { crmNumber }) };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, crm } };
  if (known?.status === status) return { task, outcome: 'already-known', changed: true, isRepeat: true };
  const noted = draft(task, upgradeTraits, context).note({ code: 'crm-said', status }, CRM);
  if (isEnded(task) || (!isOpen(task) && task.state !== 'waiting')) return noted.done('noted');
  const outcome = endedBy[status];
  return outcome === undefined
    ? noted.also(worked(answer)).done(status)
    : noted.end({ trigger: 'outcome', outcome, by: CRM }).done(status);
}

/** If a CRM has a customer twice, it closes one of the two as dead, which does not take a sale back. */
const isOfDuplicate = (
  { crmNumber, status }: CrmLeadUpdated,
  known: UpgradeConversation['facts']['crm'],
): boolean => known?.status === 'sold' && status !== 'sold' && crmNumber !== known.crmNumber;

const endedBy: Readonly<Record<LeadStatus, OutcomeOf<UpgradeConversation> | undefined>> = {
  worked: undefined,
  appointment: undefined,
  sold: 'sold',
  dead: 'closed in the CRM',
};

/** The advisor who sent the customer reads about it in a line, as if it had been entered here. */
const worked =
  ({ status, startsAt }: CrmLeadUpdated) =>
  (noted: Draft<UpgradeConversation>): Draft<UpgradeConversation> => {
    const advisor = noted.task.facts.originatorNumber;
    const news: TalkNews =
      status === 'appointment' && startsAt !== undefined
        ? { code: 'appointment', startsAt }
        : { code: 'contacted' };
    const taken = noted.when(noted.task.state === 'open', (draft) => draft.accept(CRM));
    return advisor === undefined
      ? taken
      : taken.email({
          message: 'talk-news',
          to: { staff: advisor },
          own: { code: 'talk-news', news },
          again: true,
        });
  };

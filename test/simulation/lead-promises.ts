import { taskIdOfLead } from '../../functions/crm/lead.ts';
import { refusedChannels } from '../../functions/customers/may-contact.ts';
import type { AddressRecord } from '../../functions/customers/opt-outs.ts';
import { isOpen } from '../../functions/handoff/task.ts';
import { type AnyTask, customerOf, type TaskOf } from '../../functions/handoffs/kinds.ts';
import { emailsIn } from '../support/emails-in.ts';
import type { Told } from './stories.ts';

type Talk = TaskOf<'upgrade-conversation'>;
const isTalk = (task: AnyTask): task is Talk => task.kind === 'upgrade-conversation';

/** A CRM writes to a lead by itself, so it gets only who said that they are open, or was talked to. */
export const brokenLead = (task: AnyTask): string[] =>
  isTalk(task) && !isOfOpenCustomer(task)
    ? [`the CRM got a lead of ${task.taskId}, whom only the rule has found`]
    : [];

const isOfOpenCustomer = ({ facts: { wish, asked }, log }: Talk): boolean =>
  wish !== undefined ||
  asked?.by === 'customer' ||
  log.some((entry) => entry.what === 'choice' && ['contacted', 'appointment-set'].includes(entry.choice)) ||
  log.some((entry) => entry.what === 'step' && entry.trigger === 'asked anew');

/** One lead of a conversation, one conversation of who asked, and none that is open once the CRM closed its lead. */
export function brokenLeads(
  tasks: Iterable<AnyTask>,
  told: readonly Told[],
  wasTaken: (task: string, entry: string) => boolean,
): string[] {
  const talks = [...tasks].filter(isTalk);
  const closed = new Set(told.flatMap(closedIn));
  const wishes = talks.filter((talk) => talk.facts.wish && isOpen(talk) && !wasTakenBack(talk));
  const ofCustomer = Map.groupBy(wishes, (talk) => `${talk.storeId} ${customerOf(talk)?.phone}`);
  return [
    ...talks
      .filter((talk) => leadsOf(talk).filter(({ id }) => wasTaken(talk.taskId, id)).length > 1)
      .map(({ taskId }) => `the CRM got two leads of ${taskId}`),
    ...[...ofCustomer]
      .filter(([, open]) => open.length > 1)
      .map(([who]) => `${who} asked about a car, and two conversations about it are open`),
    ...talks
      .filter((talk) => closed.has(talk.taskId) && isOpen(talk) && !wasTakenBack(talk))
      .map(({ taskId }) => `the CRM closed the lead of ${taskId}, and its conversation is open`),
  ];
}

const leadsOf = (talk: Talk) => emailsIn(talk).filter(({ to }) => to === 'crm');

/** What somebody reopened is theirs to end; so is what the customer asked anew. */
const wasTakenBack = ({ log }: Talk): boolean =>
  log.some(
    (entry) =>
      entry.what === 'undone' ||
      (entry.what === 'step' && ['asked anew', 'reinstated'].includes(entry.trigger)),
  );

function closedIn({ detailType, detail }: Told): string[] {
  if (detailType !== 'crm-lead-updated' || !['sold', 'dead'].includes(String(detail['status']))) return [];
  const taskId = taskIdOfLead(String(detail['leadId']));
  return taskId === undefined ? [] : [taskId];
}

/** The latest word of the CRM is with its conversation. */
export function isAnswerKnown(tasks: ReadonlyMap<string, AnyTask>, detail: Told['detail']): boolean {
  const task = tasks.get(taskIdOfLead(String(detail['leadId'])) ?? '');
  const crm = task && isTalk(task) ? task.facts.crm : undefined;
  return crm !== undefined && (crm.occurredAt >= String(detail['occurredAt']) || crm.status === 'sold');
}

/** With a conversation that is open, or was when it was told. Who has no number is known by the phone. */
export const isWishKnown = (tasks: Iterable<AnyTask>, { customer, occurredAt }: Told['detail']): boolean => {
  const { customerNumber, phone } = Object(customer);
  const at = new Date(String(occurredAt)).toISOString();
  return [...tasks].some(
    (task) =>
      isTalk(task) &&
      (customerNumber === undefined
        ? customerOf(task)?.phone === phone
        : customerOf(task)?.customerNumber === customerNumber) &&
      [task.facts.wish?.occurredAt, task.ended?.at].some((known) => known !== undefined && known >= at),
  );
};

/** Whole channels that are closed at a place where a customer is known, and since when. */
export class RefusedChannels {
  readonly #known = new Map<string, { readonly at: number; readonly record: AddressRecord }[]>();

  wrote(pk: string, record: AddressRecord, at: number): void {
    this.#known.set(pk, [...(this.#known.get(pk) ?? []), { at, record }]);
  }

  before(pk: string, instant: number, storeId: string): readonly string[] {
    const last = this.#known.get(pk)?.findLast(({ at }) => at < instant);
    return last ? refusedChannels(last.record, storeId) : [];
  }
}

import { cameBack } from '../handoff/delivery-reports.ts';
import { type EmailRecord, emailRecords } from '../handoff/item-bounds.ts';
import type { Task } from '../handoff/task.ts';
import type { NamedFact, Outcome } from './facts.ts';

type Became = Extract<Outcome, { what: 'emailed' }>['became'];

/**
 * The outcome of each email to the customer: what SES reported last, or that it was not sent because the customer had
 * opted out. An email without a report has no outcome yet. One that was delivered and later complained about has two,
 * and the numbers count the worse one.
 */
export const emailOutcomes = (task: Pick<Task, 'outbox' | 'settled'>): Pick<NamedFact, 'outcome' | 'key'>[] =>
  emailRecords(task).flatMap((record) => {
    const became = record.to === 'customer' ? becameOf(record) : undefined;
    const { id: email, message, owedAt, sentAt: at = owedAt } = record;
    return became === undefined
      ? []
      : [{ outcome: { what: 'emailed', at, email, message, became }, key: `${email}/${became}` }];
  });

function becameOf(record: EmailRecord): Became | undefined {
  const { state, reason, reported } = record;
  if (state === 'withheld') return reason?.code === 'opted-out' ? 'opted out' : undefined;
  if (state !== 'sent') return undefined;
  if (cameBack(record)) return 'bounced';
  return reported === 'delivered' || reported === 'complained' ? reported : undefined;
}

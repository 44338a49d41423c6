import { customerName } from '../../customers/customer.ts';
import type { ClosedWords, MessageContext } from '../../mail/message.ts';
import { words } from '../../mail/words.ts';
import { callName } from '../any-kind/customer-letter.ts';
import { named } from '../any-kind/people-words.ts';
import type { Appraisal } from './task.ts';

/** Why the number is no longer needed, in friendly words: somebody may be standing at the car. */
export function closedWords({ task, person }: MessageContext<Appraisal>): ClosedWords | undefined {
  const { quote, asked } = task.facts;
  if (!quote) return undefined;
  const name = customerName(quote.customer);
  const subject = words`No number needed for ${name}’s car`;
  switch (task.ended?.outcome) {
    case 'repair chosen':
      return {
        subject,
        heading: subject,
        first: words`${callName(quote.customer)} is fixing the ${quote.vehicle.model ?? 'car'}. Good outcome, and thanks for looking.`,
      };
    case 'taken back':
      return {
        subject,
        heading: subject,
        first: words`${named(person(asked?.by), 'The advisor')} doesn’t need it any more. Thanks for looking.`,
      };
    default:
      return undefined;
  }
}

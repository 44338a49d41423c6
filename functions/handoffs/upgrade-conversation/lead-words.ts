import { type Lead, leadIdOf } from '../../crm/lead.ts';
import type { MessageContext } from '../../mail/message.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { allowedWords } from '../any-kind/contact-words.ts';
import { upgradeConversation } from './kind.ts';
import type { UpgradeConversation } from './task.ts';

/** The lead that the CRM gets; undefined if nothing is known of the conversation yet. */
export function leadToCrm({ task, person, now }: MessageContext): Lead | undefined {
  if (!upgradeConversation.is(task)) return undefined;
  const occasion = occasionOf(task.facts);
  if (!occasion) return undefined;
  const { asked } = task.facts;
  const advisor = person(task.facts.originatorNumber)?.name;
  const seller = person(task.assignee?.employeeNumber)?.name;
  return {
    id: leadIdOf(task.taskId),
    requestedAt: askedAt(task) ?? now,
    customer: {
      ...occasion.customer,
      ...(task.customerEmail === undefined ? {} : { email: task.customerEmail }),
    },
    vehicle: occasion.vehicle,
    salesperson: seller,
    aboutCar: `${occasion.roNumber === undefined ? 'Asked in Service about another car' : `In Service on repair order ${occasion.roNumber}`}. The service advisor is ${advisor ?? 'not known'}.`,
    aboutCustomer: [
      asked?.by === 'customer'
        ? `The customer told ${advisor ?? 'the service advisor'} that they are open to looking.`
        : `${seller ?? 'A salesperson'} has talked to the customer.`,
      'Handed over in person: send no automatic message.',
      `Allowed by the customer: ${allowedWords(occasion.customer)}.`,
      advisor === undefined ? undefined : `Ask ${advisor} first.`,
    ]
      .filter((line) => line !== undefined)
      .join(' '),
  };
}

/** When the lead was asked for, which is the same in every copy of it. */
const askedAt = ({ facts: { asked }, acceptedAt }: UpgradeConversation): string | undefined =>
  asked?.by === 'customer' ? asked.occurredAt : acceptedAt;

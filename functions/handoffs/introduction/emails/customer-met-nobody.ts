import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE, whoInList } from '../../any-kind/steps.ts';
import { contactOf } from '../customer-letters.ts';
import { introduction } from '../kind.ts';

/** To the manager of Service, in a line, once: the customer says that they have not met anybody yet. */
export const customerMetNobody = messageOf(introduction, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, person, reader } = context;
    const sold = needed(task.facts.sold, task);
    const contact = person(contactOf(task));
    // If nobody accepted in time, the letter came from the manager, who is the reader here.
    const isReader = contact !== undefined && contact.employeeNumber === reader?.employeeNumber;
    const who = isReader ? words`you` : named(contact, 'anybody in Service');
    const letter = isReader ? 'your letter' : 'the letter';
    const name = customerName(sold.customer);
    return staffLetter(context, {
      subject: words`${name} hasn’t met ${who} yet`,
      heading: words`${name} hasn’t met ${who} yet`,
      first: words`${callName(sold.customer)} tapped “not yet” in ${letter}. A hello by phone, or at the next visit, makes up for it.`,
      line: {
        under: 'Customers say',
        says: words`${whoInList(context)} hasn’t met ${who} yet. A short hello makes up for it.`,
      },
      button: SEE,
      facts: [facts([...customerRows(sold.customer, context), personRow('In Service', contact)])],
    });
  },
});

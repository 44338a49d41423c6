import type { Customer } from '../../../contracts/fields.ts';
import { customerName } from '../../../customers/customer.ts';
import type { EmailProblem } from '../../../handoff/outbox-entry.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { type MessageContext, messageOfAny } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { callName } from '../customer-letter.ts';
import { customerRows } from '../people-words.ts';
import { staffLetter } from '../staff-letter.ts';

/** To the assignee: our email did not reach the customer, or may not have been sent. */
export const customerEmailProblem = messageOfAny({
  to: 'staff',
  write: (context) => {
    const { note, customer } = context;
    const problem = note?.code === 'problem' ? note.problem : 'refused';
    const name = customer ? words`${customerName(customer)}` : words`the customer`;
    const say = problems[problem];
    return staffLetter(context, {
      subject: say.subject(name),
      heading: say.subject(name),
      button: problem === 'unknown' ? 'Decide: send it again or leave it' : 'Enter the address',
      first: say.first(customer ? words`${callName(customer)}` : words`the customer`),
      facts: [
        facts([
          ...(customer ? rowsOf(customer, context) : []),
          ['What was to reach them', context.words.customerLetter],
        ]),
      ],
      more: problem === 'unknown' ? [twoWays] : [],
    });
  },
});

const rowsOf = (customer: Customer, { customerAddress }: MessageContext) => [
  ...customerRows(customer),
  ['Address we have', customerAddress ?? words`None`] as const,
];

interface Says {
  readonly subject: (name: Words) => Words;
  readonly first: (customer: Words) => Words;
}

const refused: Says = {
  subject: (name) => words`Our email to ${name} could not be sent: ask for the right address`,
  first: (customer) =>
    words`The address of ${customer} was refused. Please ask for the right one and enter it with the button.`,
};

const problems: Readonly<Record<EmailProblem, Says>> = {
  refused,
  'not accepted': {
    subject: (name) => words`Our email to ${name} could not be sent for three days: please call`,
    first: (customer) =>
      words`No email left for three days. Please tell ${customer} yourself, or enter the address once more with the button: our email then goes out at once.`,
  },
  bounced: {
    subject: (name) => words`Our email to ${name} came back: ask for the right address`,
    first: (customer) =>
      words`The address that we have of ${customer} does not exist. Please ask for the right one and enter it with the button.`,
  },
  suppressed: {
    subject: (name) => words`Email to ${name} is stopped: ask for another address`,
    first: (customer) =>
      words`Our email was not delivered: email to the address of ${customer} is stopped after it came back, or was marked as unwanted, before. Please ask for another address and enter it with the button, or have this one released by whoever runs this software.`,
  },
  'not delivered': {
    subject: (name) => words`Our email to ${name} was not delivered: please call`,
    first: (customer) =>
      words`The mailbox of ${customer} did not take our email; it may be full, or away for a while. The address may be right. Please call, and enter the address once more with the button, or another one: our email then goes out at once.`,
  },
  unknown: {
    subject: (name) => words`Was our email to ${name} sent? Please decide`,
    first: () =>
      words`We can't tell whether our email was sent. Choose with the button: send it again, or leave it.`,
  },
};

const twoWays = points(
  [
    words`Send it again: the customer may get it twice.`,
    words`Leave it: the customer may get nothing. A call settles it.`,
  ],
  'The two choices',
);

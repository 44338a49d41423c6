import type { Customer } from '../../../contracts/fields.ts';
import { customerName } from '../../../customers/customer.ts';
import type { EmailProblem } from '../../../handoff/outbox-entry.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { type MessageContext, messageOfAny } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { reachBy, whoKnows } from '../contact-words.ts';
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
    const about = { name, instead: insteadOfEmail(customer) };
    const say = problems[problem];
    return staffLetter(context, {
      subject: say.subject(about),
      heading: say.subject(about),
      button: problem === 'unknown' ? 'Decide: send it again or leave it' : 'Enter the address',
      first: say.first({ ...about, name: customer ? words`${callName(customer)}` : words`the customer` }),
      facts: [
        facts([
          ...(customer ? rowsOf(customer, context) : []),
          ['What was to reach them', context.words.customerLetter],
        ]),
      ],
      more: problem === 'unknown' ? [twoWays(customer)] : [],
    });
  },
});

const rowsOf = (customer: Customer, { customerAddress }: MessageContext) => [
  ...customerRows(customer),
  ['Address we have', customerAddress ?? words`None`] as const,
];

interface About {
  readonly name: Words;
  /** What to do where our emails don't arrive: `call them`. */
  readonly instead: string;
}

const insteadOfEmail = (customer: Customer | undefined): string =>
  `${reachBy(customer, ['phone', 'text', 'mail'])} them`;

interface Says {
  readonly subject: (about: About) => Words;
  readonly first: (about: About) => Words;
}

const refused: Says = {
  subject: ({ name }) => words`Our email to ${name} could not be sent: ask for the right address`,
  first: ({ name }) =>
    words`The address of ${name} was refused. Please ask for the right one and enter it with the button.`,
};

const problems: Readonly<Record<EmailProblem, Says>> = {
  refused,
  'not accepted': {
    subject: ({ name, instead }) =>
      words`Our email to ${name} could not be sent for three days: please ${instead}`,
    first: ({ name }) =>
      words`No email left for three days. Please tell ${name} yourself, or enter the address once more with the button: our email then goes out at once.`,
  },
  bounced: {
    subject: ({ name }) => words`Our email to ${name} came back: ask for the right address`,
    first: ({ name }) =>
      words`The address that we have of ${name} does not exist. Please ask for the right one and enter it with the button.`,
  },
  suppressed: {
    subject: ({ name }) => words`Email to ${name} is stopped: ask for another address`,
    first: ({ name }) =>
      words`Our email was not delivered: email to the address of ${name} is stopped after it came back, or was marked as unwanted, before. Please ask for another address and enter it with the button, or have this one released by whoever runs this software.`,
  },
  'not delivered': {
    subject: ({ name, instead }) => words`Our email to ${name} was not delivered: please ${instead}`,
    first: ({ name, instead }) =>
      words`The mailbox of ${name} did not take our email; it may be full, or away for a while. The address may be right. Please ${instead}, and enter the address once more with the button, or another one: our email then goes out at once.`,
  },
  unknown: {
    subject: ({ name }) => words`Was our email to ${name} sent? Please decide`,
    first: () =>
      words`We can't tell whether our email was sent. Choose with the button: send it again, or leave it.`,
  },
};

const twoWays = (customer: Customer | undefined) =>
  points(
    [
      words`Send it again: the customer may get it twice.`,
      words`Leave it: the customer may get nothing. ${whoKnows(customer)}`,
    ],
    'The two choices',
  );

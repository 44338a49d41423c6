import type { Customer } from '../../../contracts/fields.ts';
import { addressOf, customerName, customerOf } from '../../../customers/customer.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { type MessageContext, message } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { callName } from '../customer-letter.ts';
import { customerRows, staffLetter } from '../staff-letter.ts';

/** To the named person: our email did not reach the customer, or nobody can say whether it was sent (`note.problem`). */
export const customerEmailProblem = message({
  kinds: ['service-introduction', 'first-service-visit'],
  to: 'staff',
  write: (context) => {
    const { task, note } = context;
    const customer = customerOf(task);
    const name = customer ? words`${customerName(customer)}` : words`the customer`;
    const say = problems[note['problem'] ?? ''] ?? problems['refused'] ?? refused;
    return staffLetter(context, {
      subject: say.subject(name),
      heading: say.subject(name),
      button: note['problem'] === 'unknown' ? 'Decide: send it again or leave it' : 'Enter the address',
      first: say.first(customer ? words`${callName(customer)}` : words`the customer`),
      facts: [
        facts([...(customer ? rowsOf(customer, task) : []), ['What was to reach them', letters[task.kind]]]),
      ],
      more: note['problem'] === 'unknown' ? [twoWays] : [],
    });
  },
});

type Kind = 'service-introduction' | 'first-service-visit';

const letters: Record<Kind, string> = {
  'service-introduction': 'The introduction of the service advisor',
  'first-service-visit': 'The email about the first service',
};

const rowsOf = (customer: Customer, task: MessageContext['task']) => [
  ...customerRows(customer),
  ['Address we have', addressOf(task) ?? words`None`] as const,
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

const problems: Readonly<Record<string, Says>> = {
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

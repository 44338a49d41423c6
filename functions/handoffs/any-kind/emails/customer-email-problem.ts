import type { Customer } from '../../../contracts/fields.ts';
import { customerName } from '../../../customers/customer.ts';
import type { EmailProblem } from '../../../handoff/outbox-entry.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { type MessageContext, messageOfAny } from '../../../mail/message.ts';
import { ours, sentenceCase, type Words, words } from '../../../mail/words.ts';
import { reachBy, whoKnows } from '../contact-words.ts';
import { callName } from '../customer-letter.ts';
import { customerRows } from '../people-words.ts';
import { staffLetter } from '../staff-letter.ts';

/** To the assignee: our email did not reach the customer, or may not have been sent. */
export const customerEmailProblem = messageOfAny({
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const { note, customer } = context;
    const problem = note?.code === 'problem' ? note.problem : 'refused';
    const name = customer ? words`${customerName(customer)}` : words`the customer`;
    const reach = reachBy(customer, ['phone', 'text', 'mail']);
    const called = customer ? words`${callName(customer)}` : words`the customer`;
    const say = problems[problem];
    return staffLetter(context, {
      subject: say.subject({ name, reach }),
      heading: say.subject({ name, reach }),
      button: problem === 'unknown' ? 'Decide: send it again or leave it' : 'Enter the address',
      first: say.first({ name: called, reach }),
      facts: [
        facts([...(customer ? rowsOf(customer, context) : []), ['Email', context.words.customerLetter]]),
      ],
      more: problem === 'unknown' ? [twoWays(customer)] : [],
    });
  },
});

const rowsOf = (customer: Customer, context: MessageContext) => [
  ...customerRows(customer, context),
  ['Address we have', context.customerAddress ?? words`None`] as const,
];

interface About {
  readonly name: Words;
  /** What to do instead of emailing the customer, to be followed by the name: `call`. */
  readonly reach: string;
}

interface Says {
  readonly subject: (about: About) => Words;
  readonly first: (about: About) => Words;
}

const refused: Says = {
  subject: ({ name }) => words`Our email to ${name} failed: get the right address`,
  first: ({ name }) =>
    words`The email address we have for ${name} doesn’t work. Please ask for the right one and enter it with the button.`,
};

const problems: Readonly<Record<EmailProblem, Says>> = {
  refused,
  'not accepted': {
    subject: ({ name, reach }) => words`${ours(sentenceCase(reach))} ${name}: our email didn’t go out`,
    first: ({ name }) =>
      words`We couldn’t send it for three days. Please tell ${name} yourself, or enter the address again with the button: our email then goes out right away.`,
  },
  bounced: {
    subject: ({ name }) => words`Our email to ${name} bounced: get the right address`,
    first: ({ name }) =>
      words`The email address we have for ${name} doesn’t exist. Please ask for the right one and enter it with the button.`,
  },
  suppressed: {
    subject: ({ name }) => words`Email to ${name} is blocked: get another address`,
    first: ({ name }) =>
      words`Our email was not delivered: the address we have for ${name} is blocked after an earlier bounce or spam complaint. Please ask for another one and enter it with the button, or ask the person who runs this system to unblock it.`,
  },
  'not delivered': {
    subject: ({ name, reach }) => words`${ours(sentenceCase(reach))} ${name}: our email wasn’t delivered`,
    first: ({ name, reach }) =>
      words`The mailbox of ${name} didn’t take it: it may be full or down. The address may well be right. Please ${ours(reach)} ${name}, then enter the same address again with the button, or another one: our email then goes out right away.`,
  },
  unknown: {
    subject: ({ name }) => words`We’re not sure ${name} got our email: resend it?`,
    first: () =>
      words`We can’t tell whether it went out. Choose with the button: send it again, or leave it.`,
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

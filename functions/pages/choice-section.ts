import { mayContact } from '../customers/may-contact.ts';
import { type Choice, choicesFor, colleaguesFor, readerOf } from '../handoff/choices.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import type { Task } from '../handoff/task.ts';
import { whoKnows } from '../handoffs/any-kind/contact-words.ts';
import { addressOfCustomer, customerOf, kindOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { type Html, html } from '../mail/html.ts';
import { words } from '../mail/words.ts';
import { choiceForms, type Wrong } from './choice-forms.ts';
import { text } from './parts.ts';
import type { Shown } from './shown.ts';
import { isNamed } from './task-words.ts';

/** The reader's choices, grouped by the question they answer. */
interface Group {
  readonly title: string;
  readonly about?: Html | undefined;
  readonly choices: readonly Choice[];
}

/** Open questions to the reader come first, then the handoff's next step, then everything else. */
export function choiceSection(shown: Shown, wrong: Wrong | undefined, undo: Html | undefined): Html {
  const [first, ...more] = groupsOf(shown);
  return html`<section class="panel choosing" aria-labelledby="choose">
<h2 id="choose">${first?.title ?? YOU_CAN}</h2>
${undo}
${first && contentOf(first, shown, wrong)}
${more.map((group) => html`<h3>${group.title}</h3>${contentOf(group, shown, wrong)}`)}
</section>`;
}

const YOU_CAN = 'What you can do';

const contentOf = ({ about, choices }: Group, shown: Shown, wrong: Wrong | undefined): Html =>
  html`${about}${choiceForms(choices, shown, wrong)}`;

function groupsOf(shown: Shown): Group[] {
  const fitting = choicesFor(shown.task, kindOf(shown.task), readerOf(shown.reader)).filter((one) =>
    isPossible(one, shown),
  );
  const of = (topic: Topic) => fitting.filter((choice) => topicOf(choice, shown) === topic);
  const questions: Group[] = [
    { title: 'What is the customer’s email address?', about: whyAddress(shown), choices: of('address') },
    {
      title: 'May Sales talk to this customer?',
      about: wordsOf(shown.task).question(shown),
      choices: of('sales'),
    },
    { title: 'Was our email sent?', about: text(whetherSent(shown)), choices: of('email') },
    { title: isNamed(shown) ? 'What happened?' : YOU_CAN, choices: of('handoff') },
  ];
  const asked = questions.filter(({ choices }) => choices.length > 0);
  const besides = of('beside');
  return besides.length === 0
    ? asked
    : [...asked, { title: asked.length > 0 ? 'Something else' : YOU_CAN, choices: besides }];
}

const whetherSent = ({ task }: Shown) =>
  words`We can’t tell whether our email to the customer was sent. ${whoKnows(customerOf(task))}`;

function whyAddress({ task }: Shown): Html {
  return addressOfCustomer(task) === undefined
    ? text(words`We have no email address for this customer: nothing we promised goes out in writing.`)
    : text(words`Our last email did not reach the customer.`);
}

type Topic = 'address' | 'sales' | 'email' | 'handoff' | 'beside';

/** Telling Sales is a question while it is being asked, and otherwise an optional choice. */
function topicOf({ does }: Choice, { task }: Shown): Topic {
  if (does === 'email' && isUnreached(task)) return 'address';
  if (does === 'advise') return kindOf(task).isAsking(task) ? 'sales' : 'beside';
  if (does === 'send again' || does === 'leave it') return 'email';
  return besides.has(does) ? 'beside' : 'handoff';
}

/** The address choice is offered from the start; it is a question only where an email is welcome and did not arrive. */
const isUnreached = (task: Task) =>
  mayContact(customerOf(task) ?? {}, 'email') &&
  (addressOfCustomer(task) === undefined || emailRecords(task).some(({ to }) => to === 'customer'));

/** Passing it on, snoozing it and notes. */
const besides: ReadonlySet<Choice['does']> = new Set(['hand over', 'decline', 'snooze', 'note']);

const isPossible = (choice: Choice, shown: Shown) =>
  choice.asks !== 'colleague' || colleaguesFor(shown.task, kindOf(shown.task), shown).length > 0;

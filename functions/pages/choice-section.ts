import { mayContact } from '../customers/may-contact.ts';
import { type Choice, choicesFor, colleaguesFor, readerOf } from '../handoff/choices.ts';
import { openDispute } from '../handoff/credit-record.ts';
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

interface Offered {
  readonly groups: readonly Group[];
  /** Choices that are one tap further away. */
  readonly folded: readonly Choice[];
}

/** Open questions to the reader come first, then the handoff's next step; everything else is folded. */
export function choiceSection(shown: Shown, wrong: Wrong | undefined, undo: Html | undefined): Html {
  const { groups, folded } = offeredTo(shown);
  const [first, ...more] = groups;
  return html`<section class="panel choosing" aria-labelledby="choose">
<h2 id="choose">${first?.title ?? YOU_CAN}</h2>
${undo}
${first && contentOf(first, shown, wrong)}
${more.map((group) => html`<h3>${group.title}</h3>${contentOf(group, shown, wrong)}`)}
${folded.length === 0 ? undefined : foldedForms(folded, shown, wrong)}
</section>`;
}

const YOU_CAN = 'What you can do';

const contentOf = ({ about, choices }: Group, shown: Shown, wrong: Wrong | undefined): Html =>
  html`${about}${choiceForms(choices, shown, wrong)}`;

/** Unfolded if the input of one of them was rejected. */
function foldedForms(choices: readonly Choice[], shown: Shown, wrong: Wrong | undefined): Html {
  const open = choices.some(({ name }) => name === wrong?.choice) ? html` open` : undefined;
  return html`<details class="fold"${open}><summary>Something else</summary>${choiceForms(choices, shown, wrong)}</details>`;
}

function offeredTo(shown: Shown): Offered {
  const fitting = choicesFor(shown.task, kindOf(shown.task), readerOf(shown.reader)).filter((one) =>
    isPossible(one, shown),
  );
  const of = (topic: Topic) => fitting.filter((choice) => topicOf(choice, shown) === topic);
  const answers = of('handoff');
  const inSight = answers.some(({ isLikely }) => isLikely) ? answers.filter(isInSight) : answers;
  const groups: Group[] = [
    { title: 'What is the customer’s email address?', about: whyAddress(shown), choices: of('address') },
    {
      title: 'May Sales talk to this customer?',
      about: wordsOf(shown.task).question(shown),
      choices: of('sales'),
    },
    { title: 'Does the credit stand?', about: whyDisputed(shown), choices: of('credit') },
    { title: 'Was our email sent?', about: text(whetherSent(shown)), choices: of('email') },
    { title: isNamed(shown) ? 'What happened?' : YOU_CAN, choices: inSight },
  ];
  const asked = groups.filter(({ choices }) => choices.length > 0);
  const others = [...answers.filter((choice) => !inSight.includes(choice)), ...of('beside')];
  return asked.length === 0
    ? { groups: [{ title: YOU_CAN, choices: others }], folded: [] }
    : { groups: asked, folded: others };
}

const isInSight = ({ does, isLikely }: Choice) => does === 'accept' || isLikely === true;

const whetherSent = ({ task }: Shown) =>
  words`We can’t tell whether our email to the customer was sent. ${whoKnows(customerOf(task))}`;

function whyDisputed({ task, person }: Shown): Html | undefined {
  const dispute = openDispute(task);
  if (!dispute) return undefined;
  return text(
    words`${person(dispute.by)?.name ?? 'A colleague'} says that it isn’t right: “${dispute.because}”`,
  );
}

function whyAddress({ task }: Shown): Html {
  return addressOfCustomer(task) === undefined
    ? text(words`We have no email address for this customer: nothing we promised goes out in writing.`)
    : text(words`Our last email did not reach the customer.`);
}

type Topic = 'address' | 'sales' | 'credit' | 'email' | 'handoff' | 'beside';

/** Telling Sales is a question while it is being asked, and otherwise an optional choice. */
function topicOf({ does }: Choice, { task }: Shown): Topic {
  if (does === 'email' && isUnreached(task)) return 'address';
  if (does === 'advise' || does === 'decide') return kindOf(task).isAsking(task) ? 'sales' : 'beside';
  if (does === 'settle') return 'credit';
  if (does === 'send again' || does === 'leave it') return 'email';
  return besides.has(does) ? 'beside' : 'handoff';
}

/** The address choice is offered from the start; it is a question only where an email is welcome and did not arrive. */
const isUnreached = (task: Task) =>
  mayContact(customerOf(task) ?? {}, 'email') &&
  (addressOfCustomer(task) === undefined || emailRecords(task).some(({ to }) => to === 'customer'));

/** Passing the handoff on, snoozing it, notes, and a dispute about credit. */
const besides: ReadonlySet<Choice['does']> = new Set(['hand over', 'decline', 'snooze', 'note', 'dispute']);

const isPossible = (choice: Choice, shown: Shown) =>
  choice.asks !== 'colleague' || colleaguesFor(shown.task, kindOf(shown.task), shown).length > 0;

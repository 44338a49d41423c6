import type { Customer, Vehicle } from '../../contracts/fields.ts';
import { customerName, customerOf, vehicleOf } from '../../customers/customer.ts';
import type { Store } from '../../group/group.ts';
import type { Task, TaskKind } from '../../handoff/task.ts';
import { aside, type Blocks, button, heading, lead, paragraph } from '../../mail/blocks.ts';
import { carOf, languageName, lastEight } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Attachment, Email, MessageContext } from '../../mail/message.ts';
import { type Content, phone, subjectLine, type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';
import { nextStep } from './words.ts';

/**
 * What every email to staff shares: why it came to the reader, what to do first, the facts, one button. It carries
 * the least it can: a name, a number, what is needed; never what is owed on a car, a rate or an account.
 */
export interface StaffLetter {
  /** What to do, as the subject says it. */
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Content;
  /** Between the first line and the button: what must be known. */
  readonly facts: Blocks;
  /** What the button leads to do; what the handoff waits for, where nothing else is said. */
  readonly button?: string;
  /** Below the button: what helps. */
  readonly more?: Blocks;
  readonly attachments?: readonly (Attachment | undefined)[];
}

interface Surroundings {
  readonly store: Store;
  readonly now: string;
  readonly reader?: StaffMember;
  readonly link?: string;
  readonly note: Readonly<Record<string, string>>;
  readonly task: Task;
}

const topics: Record<TaskKind, string> = {
  'service-introduction': 'Sold to Service',
  'first-service-visit': 'First service',
  'repair-options': 'Repair options',
  'upgrade-conversation': 'Upgrade conversation',
};

export function staffLetter(context: Surroundings, letter: StaffLetter): Email {
  const { store, link, task } = context;
  const why = context.note['why'];
  const subject = subjectLine(letter.subject);
  const body = lay({
    language: 'en',
    title: subject,
    preheader: whoInBrief(task),
    brand: store.name,
    topic: topics[task.kind],
    blocks: [
      why === undefined ? undefined : aside(why),
      heading(letter.heading),
      lead(letter.first),
      ...letter.facts,
      link === undefined ? undefined : button(letter.button ?? nextStep(context), link),
      ...(letter.more ?? []),
    ],
    footer: [
      link === undefined
        ? undefined
        : paragraph(
            words`The button opens this handoff as you, without a password. Please don't forward this email.`,
          ),
    ],
  });
  const attachments = (letter.attachments ?? []).filter((one) => one !== undefined);
  return { subject, ...body, ...(attachments.length > 0 ? { attachments } : {}) };
}

/** Who it is about, beside a subject that says what to do. */
function whoInBrief(task: Task): Words {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  const car = vehicle && carOf(vehicle);
  const who = customer ? withNumber(customerName(customer), customer.phone) : words`${topics[task.kind]}`;
  return car === undefined ? who : words`${who}, ${car}`;
}

/** Name and number of the customer, and the language where it is not English. */
export function customerRows(customer: Customer): readonly (readonly [string, Content | undefined])[] {
  const { preferredLanguage } = customer;
  const isEnglish = preferredLanguage === undefined || /^en(?:-|$)/i.test(preferredLanguage);
  return [
    ['Customer', withNumber(customerName(customer), customer.phone)],
    ['Speaks', isEnglish ? undefined : languageName(preferredLanguage)],
  ];
}

const withNumber = (name: string, number: string | undefined): Words =>
  number === undefined ? words`${name}` : words`${name}, ${phone(number)}`;

export const carRows = (vehicle: Vehicle): readonly (readonly [string, Content | undefined])[] => [
  ['Car', carOf(vehicle)],
  ['VIN, last 8', lastEight(vehicle)],
];

export function personRow(
  label: string,
  person: StaffMember | undefined,
): readonly [string, Content | undefined] {
  return [label, person && withNumber(person.name, person.phone)];
}

/** A person by name, or what to call whoever it will be. */
export const named = (person: StaffMember | undefined, otherwise: string): Words =>
  person ? words`${person.name}` : [{ is: 'ours', text: otherwise }];

export const assigneeOf = (context: {
  readonly task: { readonly assignee?: { readonly employeeNumber: string } | undefined };
  readonly person: MessageContext['person'];
}): StaffMember | undefined => context.person(context.task.assignee?.employeeNumber);

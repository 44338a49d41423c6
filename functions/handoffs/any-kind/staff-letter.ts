import type { Vehicle } from '../../contracts/fields.ts';
import { customerName } from '../../customers/customer.ts';
import { aside, type Blocks, button, heading, lead, paragraph } from '../../mail/blocks.ts';
import { carOf, lastEight } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Attachment, Email, MessageContext } from '../../mail/message.ts';
import { type Content, subjectLine, type Words, words } from '../../mail/words.ts';
import { isManager } from '../../people/staff.ts';
import { numberToCall, withNumber } from './people-words.ts';
import { noteWords, unknownWords } from './reason-words.ts';
import { nextStep } from './steps.ts';

/**
 * The layout shared by every email to staff: why they got it, what to do first, the facts, one button. It contains as
 * little personal data as possible: a name and a phone number, but never a loan balance, a rate or an account.
 */
export interface StaffLetter {
  /** What to do; becomes the subject. */
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Content;
  /** Essential facts, between the first line and the button. */
  readonly facts: Blocks;
  /** The button's label; defaults to the next step of the handoff. */
  readonly button?: string;
  /** Helpful details, below the button. */
  readonly more?: Blocks;
  /** Why it was sent, if only this kind of handoff can say. */
  readonly why?: string | undefined;
  readonly attachments?: readonly (Attachment | undefined)[];
}

type Context = Omit<MessageContext, 'own'>;

export function staffLetter(context: Context, letter: StaffLetter): Email {
  const { store, link, words: kindWords } = context;
  const why = letter.why ?? whyItComes(context);
  const subject = subjectLine(letter.subject);
  const body = lay({
    language: 'en',
    title: subject,
    preheader: whoInBrief(context),
    brand: store.name,
    topic: kindWords.topic,
    blocks: [
      why === undefined ? undefined : aside(why),
      heading(letter.heading),
      lead(letter.first),
      ...letter.facts,
      link === undefined ? undefined : button(letter.button ?? nextStep(context), link),
      ...(letter.more ?? []),
      ...unknownNumbers(context),
    ],
    footer: [
      link === undefined
        ? undefined
        : paragraph(
            words`The button opens this handoff as you, without a password. Please don't forward this email.`,
          ),
    ],
  });
  const attachments = (letter.attachments ?? []).filter((file) => file !== undefined);
  return { subject, ...body, ...(attachments.length > 0 ? { attachments } : {}) };
}

/** To a manager, who can correct the roster, and to the person who got the handoff because the person named is unknown. */
function unknownNumbers({ reader, task, unknownStaff }: Context): Blocks {
  const isTaker =
    task.assignee !== undefined &&
    task.assignee.employeeNumber === reader?.employeeNumber &&
    task.assignee.reason !== 'own';
  if (!reader || !(isManager(reader) || isTaker)) return [];
  return unknownStaff.map((named) =>
    aside(
      isManager(reader)
        ? words`${unknownWords(named)}. Please have the number added, or the handoffs of this person keep going to others.`
        : words`${unknownWords(named)}.`,
    ),
  );
}

function whyItComes({ note, freshLink, nameOf, labelOf }: Context): string | undefined {
  if (freshLink === true) return 'A fresh link, as you asked.';
  return note && noteWords(note, nameOf, labelOf);
}

/** The customer and the car, added to the subject. */
function whoInBrief({ customer, vehicle, words: kindWords }: Context): Words {
  const car = vehicle && carOf(vehicle);
  const who = customer
    ? withNumber(customerName(customer), numberToCall(customer))
    : words`${kindWords.topic}`;
  return car === undefined ? who : words`${who}, ${car}`;
}

export const carRows = (vehicle: Vehicle): readonly (readonly [string, Content | undefined])[] => [
  ['Car', carOf(vehicle)],
  ['VIN, last 8', lastEight(vehicle)],
];

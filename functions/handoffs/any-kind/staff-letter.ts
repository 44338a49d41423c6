import type { Vehicle } from '../../contracts/fields.ts';
import { customerName } from '../../customers/customer.ts';
import { aside, type Blocks, button, heading, lead, paragraph } from '../../mail/blocks.ts';
import { carOf, lastEight } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Attachment, Email, MessageContext } from '../../mail/message.ts';
import { type Content, subjectLine, type Words, words } from '../../mail/words.ts';
import { withNumber } from './people-words.ts';
import { noteWords } from './reason-words.ts';
import { nextStep } from './steps.ts';

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
  /** What the button leads to; the next step of the handoff, where nothing else is said. */
  readonly button?: string;
  /** Below the button: what helps. */
  readonly more?: Blocks;
  /** Why it comes, where only this kind of handoff can say it. */
  readonly why?: string | undefined;
  readonly attachments?: readonly (Attachment | undefined)[];
}

type Context = Omit<MessageContext, 'own'>;

export function staffLetter(context: Context, letter: StaffLetter): Email {
  const { store, link, words: ofKind } = context;
  const why = letter.why ?? whyItComes(context);
  const subject = subjectLine(letter.subject);
  const body = lay({
    language: 'en',
    title: subject,
    preheader: whoInBrief(context),
    brand: store.name,
    topic: ofKind.topic,
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

function whyItComes({ note, freshLink, nameOf, labelOf }: Context): string | undefined {
  if (freshLink === true) return 'A fresh link, as you asked.';
  return note && noteWords(note, nameOf, labelOf);
}

/** Who it is about, beside a subject that says what to do. */
function whoInBrief({ customer, vehicle, words: ofKind }: Context): Words {
  const car = vehicle && carOf(vehicle);
  const who = customer ? withNumber(customerName(customer), customer.phone) : words`${ofKind.topic}`;
  return car === undefined ? who : words`${who}, ${car}`;
}

export const carRows = (vehicle: Vehicle): readonly (readonly [string, Content | undefined])[] => [
  ['Car', carOf(vehicle)],
  ['VIN, last 8', lastEight(vehicle)],
];

import type { Vehicle } from '../../contracts/fields.ts';
import { letterheadOf } from '../../group/group.ts';
import {
  aside,
  type Blocks,
  button,
  heading,
  lead,
  paragraph,
  quietButton,
  status,
  type Tone,
} from '../../mail/blocks.ts';
import { carOf, lastEight } from '../../mail/format.ts';
import { lay, type Paper } from '../../mail/layout.ts';
import type { Attachment, Email, Line, MessageContext } from '../../mail/message.ts';
import {
  type Content,
  leadingTo,
  listed,
  ours,
  subjectLine,
  type Words,
  words,
  wordsToText,
} from '../../mail/words.ts';
import { isManager } from '../../people/staff.ts';
import { numberToCall } from './people-words.ts';
import { noteWords, unknownWords } from './reason-words.ts';
import { isTheirs, nextStep, seeing } from './steps.ts';

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
  /** Where the button leads, if not to the handoff itself. */
  readonly leadsTo?: (link: string) => string;
  /** Above the heading: that it is late, or that there is nothing to do. */
  readonly status?: { readonly tone: Tone; readonly says: Content };
  /** Helpful details, below the button. */
  readonly more?: Blocks;
  /** Why it was sent, if only this kind of handoff can say. */
  readonly why?: string | undefined;
  readonly attachments?: readonly (Attachment | undefined)[];
  /** The line in a list, if the subject and the first line do not fit there; `none` if the list already says it. */
  readonly line?: Line | 'none';
  /** Follows the subject in a list, if the first line would repeat it. */
  readonly inList?: Content;
  /** Printed instead of the email: a copy for the customer. */
  readonly paper?: Paper | undefined;
}

type Context = Omit<MessageContext, 'own'>;

export function staffLetter(context: Context, letter: StaffLetter): Email {
  const { store, link, words: kindWords } = context;
  const why = letter.why ?? whyItComes(context);
  const subject = subjectLine(letter.subject);
  const body = lay({
    language: 'en',
    title: subject,
    preheader: previewOf(context, letter),
    brand: store.name,
    letterhead: letterheadOf(context.group, store),
    topic: kindWords.topic,
    blocks: [
      why === undefined ? undefined : aside(why),
      letter.status && status(letter.status.tone, letter.status.says),
      heading(letter.heading),
      lead(letter.first),
      ...letter.facts,
      link === undefined
        ? undefined
        : pageButton(letter.button ?? nextStep(context), letter.leadsTo?.(link) ?? link),
      ...(letter.more ?? []),
      ...unknownNumbers(context),
    ],
    paper: letter.paper,
    footer: [
      link === undefined
        ? undefined
        : paragraph(
            words`The button opens this handoff as you, without a password. Please don't forward this email.`,
          ),
    ],
  });
  const attachments = (letter.attachments ?? []).filter((file) => file !== undefined);
  const line = lineOf(context, letter);
  return { subject, ...body, ...(line ? { line } : {}), ...(attachments.length > 0 ? { attachments } : {}) };
}

const NEWS = 'News';

function lineOf(context: Context, letter: StaffLetter): Line | undefined {
  const { line, subject, first, inList = first } = letter;
  if (line === 'none') return undefined;
  const why = letter.why ?? whyItComes(context);
  const head = leadingTo(context.link, wordsToText(subject));
  return (
    line ?? {
      under: NEWS,
      says: why === undefined ? words`${head}. ${inList}` : words`${head}. ${why} ${inList}`,
    }
  );
}

/** For a manager, who can correct the roster, and for the person who got the handoff because the person named is unknown. */
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

/** A quiet button if there is nothing to do. */
const pageButton = (label: string, link: string) => (seeing.has(label) ? quietButton : button)(label, link);

/** For information only. */
export const FYI = { tone: 'calm', says: ours('FYI') } as const;
const NEW = { tone: 'calm', says: ours('New') } as const;
/** Corrects what an earlier email said. */
export const CHANGED = { tone: 'calm', says: ours('Changed') } as const;
const YOURS_NOW = { tone: 'calm', says: ours('Yours now') } as const;

/** Marks the email to the assignee as new, or as changed, until they accept the handoff. */
export function newOrChanged(context: Context, isChanged: boolean): Pick<StaffLetter, 'status'> {
  if (!isTheirs(context) || context.task.state !== 'open') return {};
  if (isChanged) return { status: CHANGED };
  return { status: context.task.assignee?.reason === 'handed over' ? YOURS_NOW : NEW };
}

/** The facts that the subject leaves out: the car, the number to call, the first line. */
function previewOf({ customer, vehicle }: Context, { first }: StaffLetter): Words {
  const car = vehicle && carOf(vehicle);
  const number = customer && numberToCall(customer);
  const about = listed([car, number].filter((one) => one !== undefined));
  return about.length === 0 ? words`${first}` : words`${about}. ${first}`;
}

export const carRows = (vehicle: Vehicle): readonly (readonly [string, Content | undefined])[] => [
  ['Car', carOf(vehicle)],
  ['VIN, last 8', lastEight(vehicle)],
];

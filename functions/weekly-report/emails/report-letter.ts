import { letterheadOf } from '../../group/group.ts';
import { type Blocks, button, heading, lead, paragraph } from '../../mail/blocks.ts';
import { shortDateOf } from '../../mail/format.ts';
import { lay } from '../../mail/layout.ts';
import type { Email } from '../../mail/message.ts';
import { type Content, subjectLine, type Words, words } from '../../mail/words.ts';
import type { ReportContext, ToActOn } from './report-message.ts';

interface ReportLetter {
  readonly subject: Words;
  readonly heading: Words;
  readonly first: Content;
  readonly blocks: Blocks;
}

/**
 * The frame of every weekly-report email: whose numbers they are, the button to the page, and the note that the link
 * is personal.
 */
export function reportLetter(context: ReportContext, letter: ReportLetter): Email {
  const { group, store, summary, link, lines, toActOn } = context;
  const subject = subjectLine(letter.subject);
  const body = lay({
    language: 'en',
    title: subject,
    preheader: letter.first,
    brand: store?.name ?? group.displayName,
    letterhead: store ? letterheadOf(group, store) : (group.letterhead ?? {}),
    topic: `Week of ${shortDateOf(summary.week)}`,
    blocks: [
      heading(letter.heading),
      lead(letter.first),
      ...letter.blocks,
      link === undefined ? undefined : button('Open the numbers', link),
    ],
    footer: [
      lines?.link !== undefined && hasNames(toActOn)
        ? paragraph(words`Names above open your page My day.`)
        : undefined,
      paragraph(words`Links in this email open as you, without a password. Please don’t forward it.`),
    ],
  });
  return { subject, ...body };
}

const hasNames = (toActOn: ToActOn | undefined): boolean =>
  toActOn !== undefined && toActOn.overdue.length + toActOn.toSave.length > 0;

import type { Language } from '../group/business-time.ts';
import type { Letterhead } from '../group/letterhead.ts';
import type { Block, Blocks, ComparedRow, Comparison, Row } from './blocks.ts';
import { barsToHtml, barsToText, measureToHtml, measureToText } from './figures.ts';
import { Html, html, safeAddress } from './html.ts';
import { designIn, type StyleOf } from './look.ts';
import { type Content, visible, wordsToHtml, wordsToLines, wordsToText } from './words.ts';

export { dressedByClass, pageStyleSheetIn, palettesIn } from './look.ts';

/** A whole message: its content blocks and the frame around them. */
export interface Letter {
  readonly language: 'en' | 'es';
  readonly title: string;
  /** The preview line that an inbox shows next to the subject; hidden in the message itself. */
  readonly preheader: Content;
  /** The line above the heading: the store and the topic. */
  readonly brand: string;
  readonly letterhead: Letterhead;
  readonly topic?: string;
  readonly blocks: Blocks;
  readonly footer: Blocks;
  /** Printed instead of the message: a copy for somebody other than its reader. Hidden on a screen. */
  readonly paper?: Paper | undefined;
}

/** Written in the language of the person who takes it home. */
export interface Paper {
  readonly language: Language;
  readonly blocks: Blocks;
}

/** Renders a message as HTML and as plain text from the same blocks. */
export function lay(letter: Letter): { readonly html: string; readonly text: string } {
  return { html: letterToHtml(letter).toString(), text: letterToText(letter) };
}

/** The outermost HTML. A page passes its own style sheet and head; an email uses the defaults. */
export function document(of: {
  readonly language: 'en' | 'es';
  readonly title: string;
  readonly head?: Html;
  readonly body: Html;
}): Html {
  return html`<!doctype html>
<html lang="${of.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${of.title}</title>
${of.head}
</head>
${of.body}
</html>
`;
}

/** Outlook on Windows ignores max-width, so a conditional comment gives it a table of 600 pixels. */
const outlookOpens = html`<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->`;
const outlookCloses = html`<!--[if mso]></td></tr></table><![endif]-->`;

/** Fills the rest of the preview line, so that inboxes don't continue it with the first words of the card. */
const PREVIEW_END = '&#847;&zwnj;&nbsp;'.repeat(60);

function letterToHtml(letter: Letter): Html {
  const { language, title, topic } = letter;
  const { styleOf, styleSheet } = designIn(letter.letterhead.color);
  const separator = topic === undefined ? undefined : html` <span ${styleOf('topic')}>· ${topic}</span>`;
  return document({
    language,
    title,
    head: html`<meta name="x-apple-disable-message-reformatting"><style>${Html.ours(styleSheet)}</style>`,
    body: html`<body ${styleOf('page')}>
<div ${styleOf('preheader')}>${wordsToText(letter.preheader)}${Html.ours(PREVIEW_END)}</div>
<div role="main" lang="${language}" dir="ltr">
<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('frame')}><tr><td align="center" ${styleOf('gutter')}>
${outlookOpens}<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('sheet')}>
<tr><td ${styleOf('card')}>
${onScreen(
  letter,
  html`<p ${styleOf('brand')}>${brandToHtml(letter, styleOf)}${separator}</p>
${blocksToHtml(letter.blocks, styleOf)}`,
  styleOf,
)}
</td></tr>
<tr><td ${styleOf('footer')}>
${blocksToHtml(letter.footer, styleOf)}
</td></tr>
</table>${outlookCloses}
</td></tr></table>
</div>
</body>`,
  });
}

/** The store's name, or its logo; the name stands in for the logo until the reader allows pictures. */
export function brandToHtml(
  { brand, letterhead: { logo } }: Pick<Letter, 'brand' | 'letterhead'>,
  styleOf: StyleOf,
): Html {
  const source = safeAddress(logo?.url);
  return logo === undefined || source === undefined
    ? wordsToHtml(brand)
    : html`<img src="${source}" alt="${visible(logo.alt ?? brand)}" width="${logo.width}" height="${logo.height}" ${styleOf('logo')}>`;
}

const onScreen = ({ paper }: Letter, shown: Html, styleOf: StyleOf): Html =>
  paper === undefined
    ? shown
    : html`<div ${styleOf('screen')}>
${shown}</div>
${paperToHtml(paper, styleOf)}`;

export const paperToHtml = ({ language, blocks }: Paper, styleOf: StyleOf): Html =>
  html`<div ${styleOf('paper')} lang="${language}">
${blocksToHtml(blocks, styleOf)}</div>`;

function letterToText(letter: Letter): string {
  return `${blocksToText(letter.blocks)}\n\n-- \n${blocksToText([{ block: 'paragraph', content: letter.brand }, ...letter.footer])}\n`;
}

export function blocksToHtml(blocks: Blocks, styleOf: StyleOf): Html {
  const known = blocks.filter((one) => one !== undefined);
  return html`${known.map((block) => html`${blockToHtml(block, styleOf)}\n`)}`;
}

function blocksToText(blocks: Blocks): string {
  return blocks
    .filter((one) => one !== undefined)
    .map(blockToText)
    .join('\n\n');
}

function blockToHtml(block: Block, styleOf: StyleOf): Html {
  switch (block.block) {
    case 'heading':
      return html`<h1 ${styleOf('heading')}>${wordsToHtml(block.content, styleOf)}</h1>`;
    case 'lead':
      return html`<p ${styleOf('lead')}>${wordsToHtml(block.content, styleOf)}</p>`;
    case 'paragraph':
      return html`<p ${styleOf('paragraph')}>${wordsToHtml(block.content, styleOf)}</p>`;
    case 'lines':
      return html`<p ${styleOf('lines')}>${linesToHtml(block.lines, styleOf)}</p>`;
    case 'facts':
      return html`${titleToHtml(block.title, styleOf)}<table ${styleOf('facts')}>${block.rows.map((row) => factToHtml(row, styleOf))}</table>`;
    case 'items':
      return html`${titleToHtml(block.title, styleOf)}${itemsToHtml(block, styleOf)}`;
    case 'button':
      return buttonToHtml(block, styleOf);
    case 'link':
      return html`<p ${styleOf('quiet')}><a href="${safeAddress(block.href)}" ${styleOf('link')}>${block.label}</a></p>`;
    case 'actions':
      return actionsToHtml(block, styleOf);
    case 'status':
      return html`<p ${styleOf('status')}><span ${styleOf(block.tone === 'late' ? 'statusLate' : 'statusCalm')}>${wordsToHtml(block.content, styleOf)}</span></p>`;
    case 'hero':
      return html`<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('hero')}><tr><td ${styleOf('heroCell')}><p ${styleOf('heroLine')}>${wordsToHtml(block.content, styleOf)}</p><p ${styleOf('heroDetail')}>${wordsToHtml(block.detail, styleOf)}</p></td></tr></table>`;
    case 'comparison':
      return comparisonToHtml(block, styleOf);
    case 'aside':
      return html`<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('aside')}><tr><td ${styleOf('asideCell')}>${wordsToHtml(block.content, styleOf)}</td></tr></table>`;
    case 'person':
      return personToHtml(block, styleOf);
    case 'measure':
      return measureToHtml(block, styleOf);
    case 'bars':
      return html`${titleToHtml(block.title, styleOf)}${barsToHtml(block.bars, styleOf)}`;
  }
}

const titleToHtml = (title: string | undefined, styleOf: StyleOf) =>
  title === undefined ? undefined : html`<h2 ${styleOf('title')}>${title}</h2>`;

const linesToHtml = (all: readonly Content[], styleOf: StyleOf) =>
  all.map((line, at) => html`${at === 0 ? undefined : html`<br>`}${wordsToHtml(line, styleOf)}`);

const factToHtml = ({ label, value }: Row, styleOf: StyleOf) =>
  html`<tr><th scope="row" ${styleOf('label')}>${label}</th><td ${styleOf('value')}>${wordsToHtml(value, styleOf)}</td></tr>`;

function itemsToHtml({ mark, items }: Extract<Block, { block: 'items' }>, styleOf: StyleOf): Html {
  if (mark === 'point') {
    return html`<ul ${styleOf('list')}>${items.map((item) => html`<li ${styleOf('item')}>${wordsToHtml(item, styleOf)}</li>`)}</ul>`;
  }
  // Outlook drops list-style boxes, so they are drawn as text; `role` restores the list semantics for screen readers.
  const box = html`<span aria-hidden="true" ${styleOf('box')}>☐</span>`;
  return html`<ul role="list" ${styleOf('checks')}>${items.map((item) => html`<li ${styleOf('check')}>${box}${wordsToHtml(item, styleOf)}</li>`)}</ul>`;
}

/** Padding on the link and color on the cell, so that the whole button is clickable even where links have no box. */
function buttonToHtml({ label, href, isQuiet }: Extract<Block, { block: 'button' }>, styleOf: StyleOf): Html {
  const cell = isQuiet ? 'quietCell' : 'buttonCell';
  const press = isQuiet ? 'quietButton' : 'button';
  return html`<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('action')}><tr><td ${styleOf(cell)}><a href="${safeAddress(href)}" ${styleOf(press)}>${label}</a></td></tr></table>`;
}

const actionsToHtml = ({ all }: Extract<Block, { block: 'actions' }>, styleOf: StyleOf): Html =>
  html`<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('actions')}><tr>${all.map(({ label, href }) => html`<td ${styleOf('actCell')}><a href="${safeAddress(href)}" ${styleOf('act')}>${label}</a></td>`)}</tr></table>`;

function comparisonToHtml({ caption, heads, rows, unanswered }: Comparison, styleOf: StyleOf): Html {
  const heading = (head: string) => html`<th scope="col" ${styleOf('head')}>${head}</th>`;
  return html`<table ${styleOf('columns')}><caption ${styleOf('caption')}>${wordsToHtml(caption, styleOf)}</caption>
<thead><tr>${heads.map(heading)}</tr></thead>
${rows.map((row) => comparedToHtml(row, unanswered, styleOf))}</table>`;
}

const comparedToHtml = ({ topic, sides }: ComparedRow, unanswered: string, styleOf: StyleOf): Html =>
  html`<tbody><tr><th scope="rowgroup" colspan="2" ${styleOf('topicRow')}>${topic}</th></tr>
<tr>${sides.map((side) => html`<td ${styleOf('cell')}>${sideToHtml(side, unanswered, styleOf)}</td>`)}</tr></tbody>
`;

const sideToHtml = (side: readonly Row[], unanswered: string, styleOf: StyleOf) =>
  side.length === 0
    ? html`<div ${styleOf('cellLabel')}>${unanswered}</div>`
    : side.map((row) => cellToHtml(row, styleOf));

const cellToHtml = (row: Row, styleOf: StyleOf) =>
  html`<div ${styleOf('cellLabel')}>${row.label}</div><div ${styleOf('cellValue')}>${wordsToHtml(row.value, styleOf)}</div>`;

function personToHtml(card: Extract<Block, { block: 'person' }>, styleOf: StyleOf): Html {
  const photo = card.photo?.startsWith('https://') ? safeAddress(card.photo) : undefined;
  const initials = initialsOf(card.name);
  const picture =
    photo === undefined
      ? html`<div aria-hidden="true" ${styleOf('photo')}>${initials}</div>`
      : html`<img src="${photo}" alt="${initials}" width="72" height="72" ${styleOf('photo')}>`;
  return html`<table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('person')}><tr><td width="72" ${styleOf('photoCell')}>${picture}</td><td ${styleOf('personCell')}><p ${styleOf('name')}>${wordsToHtml(card.name, styleOf)}</p>${card.lines.map(
    (line) => html`<p ${styleOf('personLine')}>${wordsToHtml(line, styleOf)}</p>`,
  )}</td></tr></table>`;
}

/** Shown if there is no photo, or while a mail program blocks it. */
function initialsOf(name: string): string {
  const parts = visible(name).split(/\s+/u);
  const [first, last] = [parts[0], parts.length > 1 ? parts.at(-1) : undefined];
  return [first, last].flatMap((part) => (part ? [...graphemes.segment(part)][0]?.segment : [])).join('');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function blockToText(block: Block): string {
  switch (block.block) {
    case 'heading':
    case 'lead':
    case 'paragraph':
    case 'aside':
    case 'status':
      return wordsToLines(block.content);
    case 'hero':
      return `${wordsToLines(block.content)}\n${wordsToLines(block.detail)}`;
    case 'actions':
      return block.all.map(({ label, href }) => `${label}: ${safeAddress(href) ?? ''}`).join('\n');
    case 'lines':
      return block.lines.map((line) => wordsToLines(line)).join('\n');
    case 'facts':
      return titled(block.title, block.rows.map(rowToLines));
    case 'items':
      return titled(
        block.title,
        block.items.map((item) => itemToText(marks[block.mark], item)),
      );
    case 'button':
    case 'link':
      return `${block.label}:\n${safeAddress(block.href) ?? ''}`;
    case 'comparison':
      return comparisonToText(block);
    case 'person':
      return [wordsToText(block.name), ...block.lines.map((line) => wordsToLines(line))].join('\n');
    case 'measure':
      return measureToText(block);
    case 'bars':
      return titled(block.title, barsToText(block.bars));
  }
}

function comparisonToText({ caption, heads, rows, unanswered }: Comparison): string {
  const said = (side: readonly Row[]) => (side.length === 0 ? unanswered : side.map(rowToText).join('; '));
  const compared = rows.map(({ topic, sides }) =>
    titled(
      topic.toUpperCase(),
      sides.map((side, at) => `${heads[at] ?? ''} – ${said(side)}`),
    ),
  );
  return [wordsToText(caption), ...compared].join('\n\n');
}

const itemToText = (mark: string, item: Content) =>
  `${mark} ${wordsToLines(item, ' '.repeat(mark.length + 1))}`;
const rowToLines = ({ label, value }: Row) => `${label}: ${wordsToLines(value)}`;
const rowToText = ({ label, value }: Row) => `${label}: ${wordsToText(value)}`;
const titled = (title: string | undefined, all: readonly string[]) =>
  [...(title === undefined ? [] : [title]), ...all].join('\n');

const marks = { check: '[ ]', point: '-' } as const;

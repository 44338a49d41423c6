import type { Content } from './words.ts';

/**
 * The content blocks of a message, rendered as HTML, plain text or a web page. Blocks hold content only; the layout
 * decides how they look.
 */
export type Block =
  | { readonly block: 'heading'; readonly content: Content }
  /** The most important line. */
  | { readonly block: 'lead'; readonly content: Content }
  | { readonly block: 'paragraph'; readonly content: Content }
  | { readonly block: 'facts'; readonly title?: string; readonly rows: readonly Row[] }
  | {
      readonly block: 'items';
      readonly title?: string;
      readonly mark: 'check' | 'point';
      readonly items: readonly Content[];
    }
  | { readonly block: 'button'; readonly label: string; readonly href: string; readonly isQuiet?: boolean }
  /** Links in a row, each shown as a button. */
  | { readonly block: 'actions'; readonly all: readonly Action[] }
  /** How urgent it is, in a word or two. */
  | { readonly block: 'status'; readonly tone: Tone; readonly content: Content }
  /** The one fact that the message is about, such as a date and time. */
  | { readonly block: 'hero'; readonly content: Content; readonly detail: Content }
  | { readonly block: 'link'; readonly label: string; readonly href: string }
  | ({ readonly block: 'comparison' } & Comparison)
  | { readonly block: 'aside'; readonly content: Content }
  | ({ readonly block: 'person' } & PersonCard)
  /** A figure for several periods next to each other, and what it means. */
  | ({ readonly block: 'measure' } & MeasureCard)
  /** Amounts as bars below each other: drawn with table cells, so that no picture has to be loaded. */
  | { readonly block: 'bars'; readonly title: string; readonly bars: readonly DrawnBar[] }
  /** Lines kept together, such as a signature. */
  | { readonly block: 'lines'; readonly lines: readonly Content[] };

export type Tone = 'late' | 'calm';

interface Action {
  readonly label: string;
  /** A web address or a `tel:` link. */
  readonly href: string;
}

export interface Row {
  readonly label: string;
  readonly value: Content;
}

/** Two choices next to each other: each row answers the same question for both. */
export interface Comparison {
  readonly caption: Content;
  readonly heads: readonly [string, string];
  readonly rows: readonly ComparedRow[];
  /** Shown on a side without an answer. */
  readonly unanswered: string;
}

export interface ComparedRow {
  readonly topic: string;
  readonly sides: readonly [readonly Row[], readonly Row[]];
}

export interface PersonCard {
  readonly name: string;
  readonly lines: readonly Content[];
  /** An https URL. */
  readonly photo?: string | undefined;
}

export interface MeasureCard {
  readonly title: string;
  readonly figures: readonly MeasureFigure[];
  readonly says: Content;
}

export interface MeasureFigure {
  /** The period. */
  readonly label: string;
  readonly figure: string;
  /** The total that the figure is a part of. */
  readonly grounds?: string | undefined;
}

export interface DrawnBar {
  readonly label: string;
  /** The length as a share of the longest bar, from 0 to 1. */
  readonly share: number;
  readonly says: string;
}

/** A list of blocks with optional entries. */
export type Blocks = readonly (Block | undefined)[];

export const heading = (content: Content): Block => ({ block: 'heading', content });
export const lead = (content: Content): Block => ({ block: 'lead', content });
export const paragraph = (content: Content): Block => ({ block: 'paragraph', content });
export const aside = (content: Content): Block => ({ block: 'aside', content });
export const button = (label: string, href: string): Block => ({ block: 'button', label, href });
/** A button for a message that asks for nothing. */
export const quietButton = (label: string, href: string): Block => ({
  block: 'button',
  label,
  href,
  isQuiet: true,
});
export const status = (tone: Tone, content: Content): Block => ({ block: 'status', tone, content });
export const hero = (content: Content, detail: Content): Block => ({ block: 'hero', content, detail });
/** Buttons for actions; those without an address are left out. */
export function actions(
  all: readonly (readonly [label: string, href: string | undefined])[],
): Block | undefined {
  const known = all.flatMap(([label, href]) => (href === undefined ? [] : [{ label, href }]));
  return known.length === 0 ? undefined : { block: 'actions', all: known };
}
export const link = (label: string, href: string): Block => ({ block: 'link', label, href });
export const person = (card: PersonCard): Block => ({ block: 'person', ...card });
export const measure = (card: MeasureCard): Block => ({ block: 'measure', ...card });
export const bars = (title: string, all: readonly DrawnBar[]): Block => ({ block: 'bars', title, bars: all });
export const comparison = (of: Comparison): Block => ({ block: 'comparison', ...of });

export const lines = (...all: readonly (Content | undefined)[]): Block => ({
  block: 'lines',
  lines: all.filter((one) => one !== undefined),
});

/** A fact list; rows without a value are left out, and so is a list without rows. */
export function facts(
  rows: readonly (readonly [label: string, value: Content | undefined])[],
  title?: string,
): Block | undefined {
  const known = rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
  return known.length === 0 ? undefined : { block: 'facts', rows: known, ...(title ? { title } : {}) };
}

type Mark = Extract<Block, { block: 'items' }>['mark'];

function items(mark: Mark, all: readonly (Content | undefined)[], title?: string): Block | undefined {
  const known = all.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : { block: 'items', mark, items: known, ...(title ? { title } : {}) };
}

export const checklist = (all: readonly (Content | undefined)[], title?: string) =>
  items('check', all, title);
export const points = (all: readonly (Content | undefined)[], title?: string) => items('point', all, title);

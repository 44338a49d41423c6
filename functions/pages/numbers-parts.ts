import { type Html, html } from '../mail/html.ts';
import type { Counted } from '../numbers/cells.ts';
import type { Proposal } from '../numbers/proposals.ts';
import type { Line, Selection, Value } from '../numbers/report.ts';
import { figureOf, groundsOf, type Names } from '../numbers/words.ts';
import type { OfAnybody } from './page.ts';

export interface ShownNumbers {
  readonly counted: Counted;
  readonly selection: Selection;
  readonly names: Names;
  /** Whose numbers they are: a store or the group. */
  readonly of: OfAnybody;
  /** Other settings of the rule for which there is evidence. */
  readonly proposals: readonly Proposal[];
  /** The path of the same numbers as a spreadsheet file. Left out if the page itself is a file. */
  readonly file?: string;
}

export const none = html`<p class="hint">None yet.</p>`;

export const panel = (title: string, content: readonly Html[]): Html =>
  html`<section class="panel"><h2>${title}</h2>${content}</section>`;

export const figures = (lines: readonly Line[]): Html =>
  behind(
    ['month', 'share', 'of'],
    lines.map((line) => [line.month ?? '', figureOf(line.value), groundsOf(line.value)]),
  );

/** The figures of a picture, folded. In print they are shown open below it. */
export const behind = (head: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<details class="figures"><summary>The figures</summary>${table(head, rows)}</details>`;

export const table = ([first = '', ...head]: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<table><thead><tr><th scope="col">${first}</th>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([label = '', ...cells]) =>
      html`<tr><th scope="row">${label}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`;

export const countOf = (value: Value | undefined): { readonly part: number; readonly whole: number } => {
  if (value?.kind === 'rate' || value?.kind === 'few') return value;
  return value?.kind === 'count' ? { part: value.count, whole: value.count } : { part: 0, whole: 0 };
};

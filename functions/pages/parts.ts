import { type Html, html } from '../mail/html.ts';
import { type Content, wordsToHtml } from '../mail/words.ts';

/** Small parts shared by several pages. */

/** The result of the last action, announced first by screen readers: success as a status, the rest as an alert. */
export function notice(is: 'done' | 'wrong', ...content: readonly (Html | undefined)[]): Html {
  return is === 'done'
    ? html`<div class="notice" role="status" tabindex="-1" autofocus>${content}</div>`
    : html`<div class="notice wrong" role="alert" tabindex="-1" autofocus>${content}</div>`;
}

export const text = (content: Content): Html => html`<p>${wordsToHtml(content)}</p>`;

export type Fact = readonly [label: string, value: Content | Html | undefined];

/** Unknown values are left out. */
export function factList(facts: readonly Fact[]): Html | undefined {
  const rows = facts.flatMap(([label, value]) =>
    value === undefined ? [] : [html`<div><dt>${label}</dt><dd>${asHtml(value)}</dd></div>`],
  );
  return rows.length === 0 ? undefined : html`<dl>${rows}</dl>`;
}

export const bulletList = (items: readonly Content[]): Html | undefined =>
  items.length === 0
    ? undefined
    : html`<ul class="plain">${items.map((item) => html`<li>${wordsToHtml(item)}</li>`)}</ul>`;

const isContent = (value: Content | Html): value is Content =>
  typeof value === 'string' || Array.isArray(value);
const asHtml = (value: Content | Html): Html => (isContent(value) ? wordsToHtml(value) : value);

/** A phone number as a link, styled by class because a page's policy forbids inline styles. */
export function phoneLink(number: string): Html {
  const digits = number.split(/\s*(?:x|ext\.?|#)\s*\d/iu)[0]?.replace(/[^\d+]/gu, '') ?? '';
  const shown = wordsToHtml(number);
  return digits.length < 7
    ? shown
    : html`<a href="tel:${digits.length === 10 ? `+1${digits}` : digits}">${shown}</a>`;
}

/** A person's name, with a phone link if there is a number. */
export const personWithPhone = ({
  name,
  phone,
}: {
  readonly name: string;
  readonly phone?: string | undefined;
}): Html => (phone === undefined ? wordsToHtml(name) : html`${wordsToHtml(name)}, ${phoneLink(phone)}`);

import escapeHtml from 'escape-html';

/** HTML that is safe to send: only the `html` tag makes it, and it escapes every interpolated value. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Wraps trusted markup that no template can hold, such as a style sheet. Never for values from outside. */
  static ours(markup: string): Html {
    return new Html(markup);
  }

  static of(parts: readonly string[], values: readonly Interpolated[]): Html {
    return new Html(
      parts.map((part, at) => part + (at < values.length ? markupOf(values[at]) : '')).join(''),
    );
  }

  toString(): string {
    return this.#markup;
  }
}

/** An interpolated value: text (escaped), safe HTML, a list of either, or nothing. */
export type Interpolated = string | number | Html | undefined | readonly Interpolated[];

/** The only way to write HTML: the template is trusted, interpolated values are escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly Interpolated[]): Html {
  return Html.of(parts, values);
}

function markupOf(value: Interpolated): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(markupOf).join('');
}

const linkSchemes: ReadonlySet<string> = new Set(['https:', 'http:', 'tel:', 'mailto:']);

/** The URL if it is safe to link, else undefined: a `javascript:` URL from a file stays plain text. */
export function safeAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  return linkSchemes.has(new URL(address).protocol) ? address : undefined;
}

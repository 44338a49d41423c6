import escapeHtml from 'escape-html';

/** HTML that is safe to send: only the `html` tag makes it, and whatever it is given is escaped. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Markup of our own making that no template holds, such as a style sheet. Never a value that came from outside. */
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

/** What a template may hold: text (escaped), HTML of ours, a list of either, or nothing. */
export type Interpolated = string | number | Html | undefined | readonly Interpolated[];

/** The only way to write HTML: what stands in the template is ours, what is put into it is escaped. */
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

/** An address fit for a link, or nothing: a `javascript:` address that got into a file stays text. */
export function safeAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  return linkSchemes.has(new URL(address).protocol) ? address : undefined;
}

import escapeText from 'escape-html';

/** Markup that is already escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | Part[];

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return part === null || part === undefined || part === false ? '' : escapeText(String(part));
}

/** Escapes every inserted part, unless it is markup that this function made. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, at) => text + render(parts[at])).join(''));
}

const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** `Fri, Nov 20, 15:00`, always in UTC. */
export function time(at: number | string | null | undefined): Html {
  const date = at === null || at === undefined ? undefined : new Date(at);
  if (!date || Number.isNaN(date.getTime())) return html`<span class="quiet">–</span>`;
  const iso = date.toISOString();
  return html`<time datetime="${iso}" title="${iso}">${format.format(date)}</time>`;
}

/** `VehicleSoldRule6FBA0FBE` without the hash that the CDK adds. */
export const plainId = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

export const bytes = (size: number): string => (size < 1024 ? `${size} B` : `${Math.round(size / 1024)} KB`);

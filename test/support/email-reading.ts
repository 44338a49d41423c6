/** Reads an email as a mail program would: what is seen, where links lead. Enough for our own markup, no parser. */
export interface Reading {
  /** The text of each piece of the card: heading, paragraph, fact, list item. */
  readonly card: readonly string[];
  /** What an inbox shows beside the subject. */
  readonly preview: string;
  readonly whole: string;
  /** What is printed in its place, if a copy for the customer is. */
  readonly paper: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly buttons: readonly { readonly href: string; readonly text: string }[];
  readonly images: readonly { readonly src: string; readonly alt: string }[];
}

export function readHtml(html: string): Reading {
  const { body, paper } = apart(html.slice(html.indexOf('<body')));
  const card = body.slice(body.indexOf('class="card"'), body.indexOf('class="footer"'));
  const links = [...body.matchAll(/<a ([^>]*)>(.*?)<\/a>/gs)].map(([, attributes = '', inner = '']) => ({
    href: attributeOf(attributes, 'href'),
    text: textOf(inner),
    isButton: /class="(?:button|quietButton)"/.test(attributes),
  }));
  return {
    card: [
      ...card.matchAll(
        /<(h1|h2|p|li|th|td|div|caption)\b[^>]*>((?:(?!<\/?(?:h1|h2|p|li|th|td|div|table|caption)\b).)*)<\/\1>/gs,
      ),
    ]
      .filter(([piece]) => !/class="brand"|aria-hidden/.test(piece))
      .map(([, , inner = '']) => textOf(inner))
      .filter((text) => text !== ''),
    preview: textOf(/<div class="preheader"[^>]*>(.*?)<\/div>/s.exec(body)?.[1] ?? '')
      .replaceAll(/&(?:#847|zwnj|nbsp);/g, '')
      .trim(),
    whole: textOf(body),
    paper: textOf(paper),
    links: links.map(({ href, text }) => ({ href, text })),
    buttons: links.filter(({ isButton }) => isButton).map(({ href, text }) => ({ href, text })),
    images: [...body.matchAll(/<img ([^>]*)>/g)].map(([, attributes = '']) => ({
      src: attributeOf(attributes, 'src'),
      alt: attributeOf(attributes, 'alt'),
    })),
  };
}

/** What a screen shows, and what only paper does. */
function apart(whole: string): { readonly body: string; readonly paper: string } {
  const from = whole.indexOf('<div class="paper"');
  const to = whole.indexOf('class="footer"');
  if (from < 0) return { body: whole, paper: '' };
  return {
    body: whole.slice(0, from) + whole.slice(to),
    paper: whole.slice(from, whole.lastIndexOf('<tr>', to)),
  };
}

/** Whether every element that is opened is closed, in order. */
export function isWellFormed(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gi)) {
    if (['meta', 'br', 'img'].includes(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

const attributeOf = (attributes: string, name: string) =>
  decoded(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');

const textOf = (markup: string) =>
  decoded(
    markup
      .replace(/<(span|div) aria-hidden[^>]*>.*?<\/\1>/g, '')
      .replace(/<(?:br|\/p|\/h1|\/h2|\/li|\/th|\/td|\/div)[^>]*>/g, ' ')
      .replace(/<[^>]+>/g, ''),
  )
    .replace(/\s+/g, ' ')
    .trim();

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};
const decoded = (text: string) =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);

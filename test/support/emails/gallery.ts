/** One web page that shows every message beside its page, as different readers get them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Html, html } from '../../../functions/mail/html.ts';
import { everyMessage, messagesAtTheEdge, type Preview, worldsAtTheEdge } from './every-message.ts';
import { inScheme, withDrawnPictures, withoutImages } from './renditions.ts';

/** Writes the gallery and every file that it shows; returns the number of messages. */
export function writeGallery(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const usual = everyMessage().map((preview) => ({ preview, stem: stemOf(preview.language, preview) }));
  const edge = Object.entries(worldsAtTheEdge).flatMap(([world, facts]) =>
    messagesAtTheEdge(facts).map((preview) => ({ preview, stem: stemOf(world, preview) })),
  );
  for (const one of [...usual, ...edge]) writeFiles(folder, one);
  writeFileSync(join(folder, 'index.html'), galleryPage(usual, edge));
  return usual.length + edge.length;
}

interface Filed {
  readonly preview: Preview;
  /** What the names of its files begin with. */
  readonly stem: string;
}

const stemOf = (world: string, { name, variant }: Preview) =>
  `${world}--${name}--${variant.replace(/[^a-z]+/g, '-')}`;

function writeFiles(folder: string, { preview, stem }: Filed): void {
  const { email } = preview;
  const seen = withDrawnPictures(email.html);
  const page = withDrawnPictures(preview.page);
  const files = {
    '.html': inScheme(seen, 'light'),
    '.dark.html': inScheme(seen, 'dark'),
    '.no-images.html': inScheme(withoutImages(email.html), 'light'),
    '.page.html': inScheme(page, 'light'),
    '.page.dark.html': inScheme(page, 'dark'),
    '.txt': `Subject: ${email.subject}\n\n${email.text}`,
  };
  for (const [ending, content] of Object.entries(files)) writeFileSync(join(folder, stem + ending), content);
  for (const { fileName, content } of email.attachments ?? []) {
    writeFileSync(join(folder, `${stem}--${fileName}`), content);
  }
}

interface Frame {
  readonly title: string;
  readonly ending: string;
  readonly width: 'phone' | 'desktop';
}

const frames: readonly Frame[] = [
  { title: 'Phone', ending: '.html', width: 'phone' },
  { title: 'Phone, dark', ending: '.dark.html', width: 'phone' },
  { title: 'Phone, images off', ending: '.no-images.html', width: 'phone' },
  { title: 'Its page, phone', ending: '.page.html', width: 'phone' },
  { title: 'Desktop', ending: '.html', width: 'desktop' },
  { title: 'Desktop, dark', ending: '.dark.html', width: 'desktop' },
  { title: 'Its page, desktop', ending: '.page.html', width: 'desktop' },
  { title: 'Its page, desktop, dark', ending: '.page.dark.html', width: 'desktop' },
];

function galleryPage(usual: readonly Filed[], edge: readonly Filed[]): string {
  const toCustomer = usual.filter(({ preview }) => preview.to === 'customer');
  const toStaff = usual.filter(({ preview }) => preview.to === 'staff');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Every message</title><style>${Html.ours(styleSheet)}</style></head><body>
<h1>Every message</h1>
<p>${usual.length} messages, each as its readers get it, beside the page that it leads to. Nobody in them exists.</p>
<nav>${contents('To customers', toCustomer)}${contents('To staff', toStaff)}</nav>
${[...toCustomer, ...toStaff].map(section)}
<h2 id="edge">At the edge</h2>
<p>The least that an event may carry, and names that break careless templates.</p>
<ul>${edge.map(({ preview, stem }) => html`<li><a href="${stem}.html">${stem}</a> ${preview.email.subject}</li>\n`)}</ul>
</body></html>
`.toString();
}

const contents = (title: string, all: readonly Filed[]): Html =>
  html`<h2>${title}</h2><ul>${all.map(({ preview, stem }) => html`<li><a href="#${stem}">${titleOf(preview)}</a> ${preview.email.subject}</li>`)}</ul>`;

const titleOf = ({ name, variant, language }: Preview) =>
  `${name}, ${variant}${language === 'es' ? ', in Spanish' : ''}`;

function section({ preview, stem }: Filed): Html {
  const { email } = preview;
  return html`<section id="${stem}"><h2>${titleOf(preview)}</h2>
<p class="inbox"><strong>${email.subject}</strong> <span>${previewLine(email.html)}</span></p>
<div class="frames">${frames.map((frame) => figure(frame, stem))}<figure class="phone"><figcaption><a href="${stem}.txt">Plain text</a></figcaption><pre>${email.text}</pre></figure></div>
</section>
`;
}

const figure = ({ title, ending, width }: Frame, stem: string): Html =>
  html`<figure class="${width}"><figcaption><a href="${stem}${ending}">${title}</a></figcaption><iframe loading="lazy" title="${title}" src="${stem}${ending}"></iframe></figure>`;

/** What an inbox shows beside the subject: the first words of the body. */
const previewLine = (body: string): string =>
  body
    .slice(body.indexOf('<body'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:#39|quot|amp|lt|gt|zwnj|nbsp);/g, (entity) => entities[entity] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 110);

const entities: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&quot;': '"',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};

const styleSheet = `
:root{color-scheme:light dark}
body{margin:24px;font:16px/1.5 system-ui,sans-serif}
section{margin:0 0 48px;padding-top:8px;border-top:1px solid #8886}
nav ul{columns:2;font-size:14px}
.inbox span{opacity:.7}
.frames{display:flex;gap:20px;overflow-x:auto;padding-bottom:12px}
figure{flex:none;margin:0}
figcaption{margin:0 0 6px;font-size:14px}
iframe,pre{box-sizing:border-box;height:780px;margin:0;border:1px solid #8886;border-radius:10px;background:#fff}
.phone iframe,.phone pre{width:390px}
.desktop iframe{width:800px}
pre{overflow:auto;padding:12px;white-space:pre-wrap;color:#111;font-size:13px}
`;

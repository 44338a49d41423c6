import { lightenedFor } from '../group/color.ts';
import { type Html, html } from './html.ts';

/** The visual design shared by emails and pages: light and dark colors, and the style of every part. */
const tokens = {
  light: {
    page: '#eef1f4',
    card: '#ffffff',
    text: '#1a2027',
    muted: '#55606c',
    line: '#d5dbe1',
    accent: '#0b5a8a',
    onAccent: '#ffffff',
    tint: '#eaf3f9',
    late: '#a11a0b',
    lateTint: '#fdeeec',
  },
  dark: {
    page: '#0e1216',
    card: '#181e24',
    text: '#eceff2',
    muted: '#a9b4bf',
    line: '#35404a',
    accent: '#7cc4f2',
    onAccent: '#06202f',
    tint: '#1d2b36',
    late: '#ffb3a7',
    lateTint: '#3a1d19',
  },
} as const;

type Palette = { readonly [Name in keyof (typeof tokens)['light']]: string };

const font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const wrap = 'overflow-wrap:anywhere;word-break:break-word';

const shapes = {
  screen: 'margin:0',
  // Inline, too, so that a mail program that ignores style sheets does not show the printed copy as well.
  paper: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  page: `margin:0;padding:0;${font};font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%`,
  frame: 'width:100%;border-collapse:collapse',
  gutter: 'padding:24px 12px 32px',
  sheet: 'width:100%;max-width:600px;margin:0 auto;border-collapse:separate;border-spacing:0',
  preheader:
    'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all',
  card: `padding:32px 32px 28px;border-width:1px;border-style:solid;border-radius:14px;${font};font-size:16px;line-height:1.5;${wrap}`,
  brand:
    'margin:0 0 20px;padding:0 0 14px;border-bottom-width:1px;border-bottom-style:solid;font-size:15px;font-weight:600',
  // A white plate in both modes: the logo, and the name that stands in for it, are drawn for a white background.
  logo: 'display:inline-block;vertical-align:middle;border:0;border-radius:6px;background-color:#fff;color:#1a2027;font-size:15px;font-weight:600',
  topic: 'font-weight:400',
  heading: 'margin:0 0 16px;font-size:24px;line-height:1.25;font-weight:700;letter-spacing:-0.01em',
  title: 'margin:24px 0 8px;font-size:16px;line-height:1.35;font-weight:700',
  lead: 'margin:0 0 16px;font-size:18px;line-height:1.45;font-weight:600',
  paragraph: 'margin:0 0 16px',
  facts: 'width:100%;margin:0 0 20px;border-collapse:collapse',
  label: `width:32%;padding:9px 12px 9px 0;border-top-width:1px;border-top-style:solid;text-align:start;vertical-align:top;font-weight:400;font-size:15px;${wrap}`,
  value: `padding:9px 0;border-top-width:1px;border-top-style:solid;text-align:start;vertical-align:top;font-size:16px;${wrap}`,
  list: 'margin:0 0 20px;padding:0 0 0 22px',
  checks: 'margin:0 0 20px;padding:0;list-style:none',
  item: 'margin:0 0 8px',
  check: 'margin:0 0 8px;padding:0 0 0 28px;text-indent:-28px',
  box: 'display:inline-block;width:28px;text-indent:0;font-size:18px;line-height:1',
  action: 'margin:8px 0 24px;border-collapse:separate;border-spacing:0',
  buttonCell: 'border-radius:10px;mso-padding-alt:15px 28px',
  button:
    'display:inline-block;padding:15px 28px;border-radius:10px;font-size:17px;line-height:1.2;font-weight:600;text-decoration:none',
  quietCell: 'border-radius:10px;border-width:1px;border-style:solid;mso-padding-alt:12px 22px',
  quietButton:
    'display:inline-block;padding:12px 22px;border-radius:10px;font-size:16px;line-height:1.2;font-weight:600;text-decoration:none',
  actions: 'margin:0 0 20px;border-collapse:separate;border-spacing:0',
  actCell: 'padding:0 8px 0 0',
  act: 'display:inline-block;padding:11px 18px;border-width:1px;border-style:solid;border-radius:10px;font-size:16px;line-height:1.2;font-weight:600;text-decoration:none',
  status: 'margin:0 0 12px',
  statusLate: 'display:inline-block;padding:3px 12px;border-radius:999px;font-size:14px;font-weight:600',
  statusCalm: 'display:inline-block;padding:3px 12px;border-radius:999px;font-size:14px;font-weight:600',
  hero: 'width:100%;margin:0 0 20px;border-collapse:separate;border-spacing:0',
  heroCell: `padding:18px 20px;border-radius:12px;text-align:center;${wrap}`,
  heroLine: 'margin:0;font-size:26px;line-height:1.25;font-weight:700;letter-spacing:-0.01em',
  heroDetail: 'margin:4px 0 0;font-size:16px',
  quiet: 'margin:0 0 16px;font-size:15px',
  link: 'text-decoration:underline',
  // A link within a sentence. Its color is inline, because some mail clients ignore style sheets.
  inlineLink: 'color:inherit;text-decoration:underline',
  inlineAction: 'color:inherit;text-decoration:underline;font-weight:600',
  inlineNumber: 'color:inherit;text-decoration:underline;white-space:nowrap',
  columns: 'width:100%;margin:0 0 20px;border-collapse:collapse;table-layout:fixed',
  caption: 'padding:0 0 10px;text-align:start;font-size:15px',
  head: 'width:50%;padding:10px 12px;border-width:1px;border-style:solid;text-align:start;vertical-align:top;font-size:16px;font-weight:700',
  cell: `padding:10px 12px;border-width:1px;border-style:solid;text-align:start;vertical-align:top;font-size:15px;line-height:1.4;${wrap}`,
  topicRow:
    'padding:8px 12px;border-width:1px;border-style:solid;text-align:start;font-size:14px;font-weight:600',
  cellLabel: 'margin:0 0 2px;font-size:13px',
  cellValue: 'margin:0 0 6px',
  aside: 'width:100%;margin:0 0 20px;border-collapse:separate;border-spacing:0',
  asideCell: `padding:14px 16px;border-radius:10px;${wrap}`,
  person: 'width:100%;margin:4px 0 20px;border-collapse:separate;border-spacing:0;border-radius:12px',
  photoCell: 'width:72px;padding:16px 0 16px 16px;vertical-align:top',
  photo:
    'display:block;width:72px;height:72px;border:0;border-radius:10px;object-fit:cover;overflow:hidden;text-align:center;font-size:26px;line-height:72px;font-weight:700',
  personCell: `width:100%;padding:16px;vertical-align:middle;${wrap}`,
  name: 'margin:0 0 2px;font-size:18px;line-height:1.3;font-weight:700',
  personLine: 'margin:0;font-size:15px',
  measure: 'width:100%;margin:0 0 6px;border-collapse:collapse;table-layout:fixed',
  measureCell: `padding:0 8px 0 0;vertical-align:top;${wrap}`,
  measureFigure: 'font-size:22px;line-height:1.25;font-weight:700;letter-spacing:-0.01em',
  measureSays: 'margin:0 0 16px;font-size:15px',
  bars: 'width:100%;margin:0 0 20px;border-collapse:collapse',
  barLabel: `width:34%;padding:4px 12px 4px 0;text-align:start;font-weight:400;font-size:15px;${wrap}`,
  barTrack: 'padding:4px 0;vertical-align:middle',
  bar: 'height:16px;line-height:16px;font-size:0;border-radius:4px',
  barSays: 'width:22%;padding:4px 0 4px 10px;font-size:15px;font-weight:600;white-space:nowrap',
  lines: 'margin:0 0 16px',
  footer: `padding:18px 4px 0;font-size:14px;line-height:1.5;${font};${wrap}`,
  footerLine: 'margin:0 0 8px;font-size:14px',
} as const;

type Part = keyof typeof shapes;

function coloursOf(palette: Palette): Partial<Record<Part, string>> {
  const { page, card, text, muted, line, accent, onAccent, tint, late, lateTint } = palette;
  return {
    page: `background-color:${page};color:${text}`,
    frame: `background-color:${page}`,
    preheader: `color:${page}`,
    card: `background-color:${card};color:${text};border-color:${line}`,
    brand: `color:${accent};border-bottom-color:${line}`,
    topic: `color:${muted}`,
    heading: `color:${text}`,
    title: `color:${text}`,
    label: `color:${muted};border-top-color:${line}`,
    value: `color:${text};border-top-color:${line}`,
    box: `color:${accent}`,
    buttonCell: `background-color:${accent}`,
    button: `background-color:${accent};color:${onAccent}`,
    quietCell: `border-color:${line}`,
    quietButton: `color:${accent}`,
    act: `color:${accent};border-color:${line}`,
    statusLate: `background-color:${lateTint};color:${late}`,
    statusCalm: `background-color:${tint};color:${muted}`,
    heroCell: `background-color:${tint};color:${text}`,
    link: `color:${accent}`,
    caption: `color:${muted}`,
    head: `background-color:${tint};color:${text};border-color:${line}`,
    cell: `color:${text};border-color:${line}`,
    topicRow: `background-color:${page};color:${text};border-color:${line}`,
    cellLabel: `color:${muted}`,
    asideCell: `background-color:${tint};color:${text}`,
    person: `background-color:${tint}`,
    photo: `background-color:${accent};color:${onAccent}`,
    personCell: `color:${text}`,
    name: `color:${text}`,
    measureFigure: `color:${text}`,
    measureSays: `color:${text}`,
    barLabel: `color:${muted}`,
    bar: `background-color:${accent}`,
    barSays: `color:${text}`,
    footer: `color:${muted}`,
    footerLine: `color:${muted}`,
  };
}

/** The attributes that style a part: inline in an email, because many clients ignore style sheets; by class on a page. */
export type StyleOf = (part: Part) => Html;

/** The look of a store's emails. */
export interface Design {
  readonly styleOf: StyleOf;
  /** The rules that cannot be inline: dark mode, phones, print. */
  readonly styleSheet: string;
}

/** The contrast required on the brightest surface of dark mode. */
const DARK_CONTRAST = 7;

/** The palettes with the store's own color, if it has one. */
export function palettesIn(color: string | undefined): { readonly light: Palette; readonly dark: Palette } {
  if (color === undefined) return tokens;
  const accent = lightenedFor(color, tokens.dark.tint, DARK_CONTRAST);
  return {
    light: { ...tokens.light, accent: color },
    dark: { ...tokens.dark, accent, onAccent: tokens.dark.page },
  };
}

export function designIn(color: string | undefined): Design {
  const palettes = palettesIn(color);
  const light = coloursOf(palettes.light);
  const styleOf: StyleOf = (part) => {
    const style = [shapes[part], light[part]].filter((one) => one !== undefined).join(';');
    return html`class="${part}" style="${style}"`;
  };
  return { styleOf, styleSheet: `:root{color-scheme:light dark}${conditional(palettes.dark)}` };
}

export const dressedByClass: StyleOf = (part) => html`class="${part}"`;

const parts = Object.keys(shapes).filter((name): name is Part => name in shapes);

/** On a phone: smaller margins, so that a letter is one and a half screens, and full-width buttons. */
const onPhones = [
  '.gutter{padding:0 0 12px !important}',
  '.footer{padding:12px 20px 0 !important}',
  '.card{padding:14px 20px 4px !important;border-radius:0 !important;border-left-width:0 !important;border-right-width:0 !important}',
  '.brand{margin-bottom:14px !important;padding-bottom:10px !important}',
  '.heading{margin-bottom:10px !important}',
  '.title{margin:14px 0 6px !important}',
  '.paragraph,.lines,.quiet,.lead,.facts,.person,.hero,.actions,.list,.checks{margin-bottom:12px !important}',
  '.label,.value{padding-top:6px !important;padding-bottom:6px !important}',
  '.label{width:28% !important}',
  '.heroCell{padding:14px 16px !important}',
  '.photoCell{padding:12px 0 12px 12px !important}',
  '.personCell{padding:12px !important}',
  '.action{margin:4px 0 14px !important}',
  '.actCell{display:inline-block !important;padding:0 6px 8px 0 !important}',
  '.act{padding:12px 11px !important;font-size:15px !important}',
  '.action,.button,.quietButton{width:100% !important;text-align:center !important;box-sizing:border-box !important}',
  '.head,.cell{padding:8px 10px !important}',
].join('');

/** In print: one page, no background, no links or buttons. */
const onPaper = [
  '.page,.frame,.card{background-color:#fff !important;color:#000 !important}',
  '.gutter{padding:0 !important}',
  '.card{border-width:0 !important;padding:0 !important}',
  '.page,.card{font-size:13px !important;line-height:1.35 !important}',
  '.heading{font-size:19px !important;margin-bottom:8px !important}',
  '.lead{font-size:14px !important;margin-bottom:8px !important}',
  '.brand{margin-bottom:10px !important;padding-bottom:6px !important}',
  '.facts,.columns{margin-bottom:10px !important}',
  '.caption,.head{font-size:13px !important;padding-top:5px !important;padding-bottom:5px !important}',
  // If a message has a copy for the customer, that copy is printed instead of the message.
  '.screen{display:none !important}',
  '.paper{display:block !important;max-height:none !important;overflow:visible !important}',
  '.paper .lead{font-size:19px !important;font-weight:700 !important}',
  '.topicRow{font-size:13px !important;padding-top:4px !important;padding-bottom:4px !important;background-color:#fff !important}',
  '.action,.actions,.status,.quiet,.footer,.aside{display:none !important}',
  '.sheet{max-width:none !important}',
  '.cell,.value,.label{font-size:13px !important;padding-top:4px !important;padding-bottom:4px !important}',
  '.cellLabel{font-size:12px !important;margin:0 !important}',
  '.inlineLink,.inlineNumber{text-decoration:none !important}',
  'tr{page-break-inside:avoid}',
].join('');

function darkRules(palette: Palette): string {
  const dark = coloursOf(palette);
  const rules = parts.flatMap((part) => {
    const style = dark[part];
    return style === undefined ? [] : [`.${part}{${style.replaceAll(/;|$/g, ' !important;')}}`];
  });
  return `${rules.join('')}.logo{padding:4px 8px}`;
}

/** By class only: a page's policy forbids inline styles, and a mail program without style sheets merely breaks the line. */
const conditional = (dark: Palette) =>
  '.unbroken{white-space:nowrap}' +
  `@media (prefers-color-scheme:dark){${darkRules(dark)}}` +
  `@media (max-width:480px){${onPhones}}` +
  `@media print{@page{margin:14mm}${onPaper}}`;

/** The whole design by class, for pages whose content security policy forbids inline styles. */
export function pageStyleSheetIn(color: string | undefined): string {
  const { light, dark } = palettesIn(color);
  const colours = coloursOf(light);
  return (
    ':root{color-scheme:light dark}' +
    parts.map((part) => `.${part}{${[shapes[part], colours[part]].filter(Boolean).join(';')}}`).join('') +
    conditional(dark)
  );
}

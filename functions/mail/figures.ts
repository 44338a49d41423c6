import type { DrawnBar, MeasureCard, MeasureFigure } from './blocks.ts';
import { type Html, html } from './html.ts';
import type { StyleOf } from './look.ts';
import { wordsToHtml, wordsToText } from './words.ts';

/** Figures and bars in an email as table cells: they also show with images off, in print and in Outlook. */
export const measureToHtml = ({ title, figures, says }: MeasureCard, styleOf: StyleOf): Html =>
  html`<h2 ${styleOf('title')}>${title}</h2><table role="presentation" cellspacing="0" cellpadding="0" ${styleOf('measure')}><tr>${figures.map((figure) => figureToHtml(figure, styleOf))}</tr></table><p ${styleOf('measureSays')}>${wordsToHtml(says, styleOf)}</p>`;

const figureToHtml = ({ label, figure, grounds }: MeasureFigure, styleOf: StyleOf): Html =>
  html`<td width="33%" ${styleOf('measureCell')}><div ${styleOf('cellLabel')}>${label}</div><div ${styleOf('measureFigure')}>${figure}</div><div ${styleOf('cellLabel')}>${grounds}</div></td>`;

export const measureToText = ({ title, figures, says }: MeasureCard): string =>
  [
    title,
    figures
      .map(
        ({ label, figure, grounds }) => `${label}: ${figure}${grounds === undefined ? '' : ` (${grounds})`}`,
      )
      .join('; '),
    wordsToText(says),
  ].join('\n');

/** The length of a bar is an attribute, because Outlook respects it and no dark mode changes it. */
export const barsToHtml = (bars: readonly DrawnBar[], styleOf: StyleOf): Html =>
  html`<table cellspacing="0" cellpadding="0" ${styleOf('bars')}>${bars.map(
    ({ label, share, says }) =>
      html`<tr><th scope="row" ${styleOf('barLabel')}>${label}</th><td ${styleOf('barTrack')}>${barToHtml(share, styleOf)}</td><td ${styleOf('barSays')}>${says}</td></tr>`,
  )}</table>`;

const barToHtml = (share: number, styleOf: StyleOf): Html | undefined => {
  const percent = Math.round(share * 100);
  return percent === 0
    ? undefined
    : html`<table role="presentation" width="${percent}%" cellspacing="0" cellpadding="0"><tr><td ${styleOf('bar')}>&nbsp;</td></tr></table>`;
};

const LONGEST = 20;

/** Bars in plain text, each after its figure. */
export function barsToText(bars: readonly DrawnBar[]): string[] {
  const widest = Math.max(...bars.map(({ says }) => says.length));
  return bars.map(
    ({ label, share, says }) => `${says.padEnd(widest)} ${'█'.repeat(Math.round(share * LONGEST))} ${label}`,
  );
}

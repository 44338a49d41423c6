import type { DrawnBar, MeasureCard, MeasureFigure } from './blocks.ts';
import { type Html, html } from './html.ts';
import type { Dress } from './look.ts';
import { wordsToHtml, wordsToText } from './words.ts';

/** Figures and bars in an email as table cells: they also show with images off, in print and in Outlook. */
export const measureToHtml = ({ title, figures, says }: MeasureCard, dress: Dress): Html =>
  html`<h2 ${dress('title')}>${title}</h2><table role="presentation" cellspacing="0" cellpadding="0" ${dress('measure')}><tr>${figures.map((figure) => figureToHtml(figure, dress))}</tr></table><p ${dress('measureSays')}>${wordsToHtml(says, dress)}</p>`;

const figureToHtml = ({ label, figure, grounds }: MeasureFigure, dress: Dress): Html =>
  html`<td width="33%" ${dress('measureCell')}><div ${dress('cellLabel')}>${label}</div><div ${dress('measureFigure')}>${figure}</div><div ${dress('cellLabel')}>${grounds}</div></td>`;

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
export const barsToHtml = (bars: readonly DrawnBar[], dress: Dress): Html =>
  html`<table cellspacing="0" cellpadding="0" ${dress('bars')}>${bars.map(
    ({ label, share, says }) =>
      html`<tr><th scope="row" ${dress('barLabel')}>${label}</th><td ${dress('barTrack')}>${barToHtml(share, dress)}</td><td ${dress('barSays')}>${says}</td></tr>`,
  )}</table>`;

const barToHtml = (share: number, dress: Dress): Html | undefined => {
  const percent = Math.round(share * 100);
  return percent === 0
    ? undefined
    : html`<table role="presentation" width="${percent}%" cellspacing="0" cellpadding="0"><tr><td ${dress('bar')}>&nbsp;</td></tr></table>`;
};

const LONGEST = 20;

/** Bars in plain text, each after its figure. */
export function barsToText(bars: readonly DrawnBar[]): string[] {
  const widest = Math.max(...bars.map(({ says }) => says.length));
  return bars.map(
    ({ label, share, says }) => `${says.padEnd(widest)} ${'█'.repeat(Math.round(share * LONGEST))} ${label}`,
  );
}

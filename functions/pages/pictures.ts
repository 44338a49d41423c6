import { type Html, html } from '../mail/html.ts';

/**
 * Pictures as inline SVG: no script, no external resource, and colors by class, so that dark mode and print have
 * their own. Each has a name for screen readers; the page adds a table with the same figures.
 */

/** One point of a line; undefined if too little is known. */
export interface Point {
  readonly label: string;
  readonly value: number | undefined;
}

/** Narrow enough that the words in a picture can be read on a phone; a wide screen does not stretch it far. */
const WIDTH = 420;
const HEIGHT = 200;
const LEFT = 42;
const BOTTOM = 26;
const TOP = 12;

/** The smallest round number at or above all values; a picture without values still has an axis. */
function ceiling(values: readonly number[]): number {
  const most = Math.max(...values, 0);
  if (most === 0) return 1;
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * size).find((round) => round >= most) ?? most;
}

interface LineLook {
  readonly name: string;
  /** Formats a value for the axis. */
  readonly write: (value: number) => string;
}

/** A line over months. Missing values leave a gap. */
export function lineChart(points: readonly Point[], { name, write }: LineLook): Html {
  const top = ceiling(points.flatMap(({ value }) => value ?? []));
  const x = (at: number) => LEFT + ((WIDTH - LEFT - 12) * at) / Math.max(1, points.length - 1);
  const y = (value: number) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * value) / top;
  const spots = points.map(({ value }, at) => (value === undefined ? undefined : [x(at), y(value)]));
  const drawn = spots
    .map((spot, at) => {
      if (!spot) return '';
      return `${at > 0 && spots[at - 1] ? 'L' : 'M'}${spot.map((one) => one.toFixed(1)).join(' ')}`;
    })
    .join('');
  const every = Math.ceil(points.length / 5);
  return svg(HEIGHT, name, [
    ...[0, top / 2, top].map(
      (
        value,
      ) => html`<line class="axis" x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>
<text class="scale" x="${LEFT - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${write(value)}</text>`,
    ),
    html`<path class="drawn" d="${drawn}"/>`,
    ...spots.map((spot) =>
      spot === undefined
        ? undefined
        : html`<circle class="spot" cx="${spot[0]?.toFixed(1)}" cy="${spot[1]?.toFixed(1)}" r="3"/>`,
    ),
    ...points.map(({ label }, at) =>
      at % every === 0
        ? html`<text class="scale" x="${x(at).toFixed(1)}" y="${HEIGHT - 6}" text-anchor="${at === points.length - 1 ? 'end' : 'middle'}">${label}</text>`
        : undefined,
    ),
  ]);
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The text after the bar. */
  readonly says: string;
}

const BAR = 46;
/** Leaves room for the figure after the longest bar. */
const LONGEST = WIDTH - 110;

/** Horizontal bars, each under its name; the longest is as wide as the picture allows. */
export function barChart(bars: readonly Bar[], name: string): Html {
  const most = Math.max(...bars.map(({ value }) => value), 1);
  return svg(
    bars.length * BAR + 4,
    name,
    bars.map(({ label, value, says }, at) => {
      const width = (LONGEST * value) / most;
      return html`<text class="scale" x="0" y="${at * BAR + 14}">${label}</text>
<rect class="bar" x="0" y="${at * BAR + 20}" width="${Math.max(width, 1).toFixed(1)}" height="18" rx="3"/>
<text class="figure" x="${(width + 6).toFixed(1)}" y="${at * BAR + 34}">${says}</text>`;
    }),
  );
}

export interface HeatRow {
  readonly label: string;
  /** From 0 to 1; undefined if nothing is known yet. */
  readonly cells: readonly (number | undefined)[];
}

const CELL_HEIGHT = 26;
const SHADES = 5;
const ROW_NAME = 70;

/** Rows of cells: the darker, the more. Each also shows its figure, for people who cannot tell the shades apart. */
export function heatMap(columns: readonly string[], rows: readonly HeatRow[], name: string): Html {
  const width = (WIDTH - ROW_NAME) / Math.max(1, columns.length);
  return svg((rows.length + 1) * CELL_HEIGHT + 4, name, [
    ...columns.map(
      (label, at) =>
        html`<text class="scale" x="${(ROW_NAME + width * (at + 0.5)).toFixed(1)}" y="17" text-anchor="middle">${label}</text>`,
    ),
    ...rows.flatMap(({ label, cells }, row) => {
      const y = (row + 1) * CELL_HEIGHT;
      return [
        html`<text class="scale" x="${ROW_NAME - 8}" y="${y + 17}" text-anchor="end">${label}</text>`,
        ...cells.map((value, at) => {
          const x = ROW_NAME + width * at;
          const shade =
            value === undefined ? 'none' : String(Math.min(SHADES - 1, Math.floor(value * SHADES)));
          return html`<rect class="heat heat-${shade}" x="${(x + 1).toFixed(1)}" y="${y + 1}" width="${(width - 2).toFixed(1)}" height="${CELL_HEIGHT - 2}" rx="3"/>
<text class="heat-text heat-text-${shade}" x="${(x + width / 2).toFixed(1)}" y="${y + 17}" text-anchor="middle">${value === undefined ? '' : `${Math.round(value * 100)}%`}</text>`;
        }),
      ];
    }),
  ]);
}

const svg = (height: number, name: string, content: readonly (Html | undefined)[]): Html =>
  html`<svg class="picture" role="img" aria-label="${name}" viewBox="0 0 ${WIDTH} ${height}">${content}</svg>`;

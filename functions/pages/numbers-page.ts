import { type Html, html } from '../mail/html.ts';
import { askFor, cellsOf } from '../numbers/cells.ts';
import { definitionNamed, definitions, headlines } from '../numbers/definitions.ts';
import { effectOfRule, effectWords } from '../numbers/effect.ts';
import { shareOf } from '../numbers/interval.ts';
import { isSelected, type Line, type Section } from '../numbers/report.ts';
import { figureOf, groundsOf, grouped, percent, soMany, sortOf, subjectOf } from '../numbers/words.ts';
import { emails } from './numbers-emails.ts';
import { behind, countOf, figures, none, panel, type ShownNumbers, table } from './numbers-parts.ts';
import { otherSettings } from './numbers-settings.ts';
import { nameOf, render } from './page.ts';
import { barChart, heatMap, lineChart } from './pictures.ts';

/** What the handoffs did for the store: pictures, each with its figures. */
export function numbersPage(shown: ShownNumbers): string {
  const { counted, of, file } = shown;
  const { since } = counted;
  return render({
    language: 'en',
    title: `${nameOf(of)}: what the handoffs did`,
    of,
    topic: `the numbers up to ${counted.today}`,
    body: html`<div class="board lists numbers">
<section class="panel whole"><h1>What the handoffs did</h1>${atAGlance(shown)}
<p class="hint">${since === undefined ? 'Nothing has been counted yet.' : `Facts reach back to ${since}: of what happened before, nothing is known.`}</p>
${file && html`<p><a href="${file}">All figures as a file for spreadsheets</a></p>`}</section>
${funnel(shown)}
${trend(shown, 'introduced')}
${trend(shown, 'first-service-show')}
${cohorts(shown)}
${referrals(shown)}
${listed(shown, 'silences', 'What kept Sales from being told')}
${tableOf(shown, 'precision', ['reason', 'good', 'of'])}
${effect(shown)}
${otherSettings(shown)}
${emails(shown)}
${tableOf(shown, 'time-to-accept', ['handoff', 'in the middle', 'of'])}
${stores(shown)}
${people(shown, 'introduced')}
${people(shown, 'referred-to-sales')}
<section class="panel whole"><details class="fold"><summary>What each number means</summary><dl>${definitions.map(
      ({ title, words, source }) =>
        html`<div><dt>${title}</dt><dd>${words} <span class="hint">Source: ${source}.</span></dd></div>`,
    )}</dl></details></section>
</div>`,
  });
}

const onlyLine = ({ lines }: Section): Line | undefined => lines[0];

function atAGlance({ counted, selection }: ShownNumbers): Html {
  const rows = headlines.map((name) => {
    const section = askFor(counted, name, 'group', selection);
    const value = onlyLine(section)?.value;
    return html`<div><dt>${section.definition.title}</dt><dd><strong>${value ? figureOf(value) : 'none yet'}</strong> <span class="hint">${value && groundsOf(value)}</span></dd></div>`;
  });
  return html`<dl>${rows}</dl>`;
}

function funnel({ counted, selection }: ShownNumbers): Html {
  const steps = ['sold', 'introduced', 'first-visit-booked', 'first-service-show'].map((name) => {
    const section = askFor(counted, name, 'group', selection);
    return { title: section.definition.title, ...countOf(onlyLine(section)?.value) };
  });
  const bars = steps.map(({ title, part, whole }, at) => ({
    label: title,
    value: part,
    says: at === 0 || whole === 0 ? grouped(part) : `${grouped(part)} (${percent(shareOf({ part, whole }))})`,
  }));
  return panel('From the sale to the first service', [
    barChart(bars, 'Sold, introduced, booked, came'),
    behind(
      ['step', 'so many', 'of'],
      steps.map(({ title, part, whole }) => [title, grouped(part), grouped(whole)]),
    ),
  ]);
}

function trend({ counted, selection }: ShownNumbers, name: string): Html {
  const { definition, lines } = askFor(counted, name, 'month', selection);
  const points = lines.map(({ month = '', value }) => ({
    label: month,
    value: value.kind === 'rate' ? value.rate : undefined,
  }));
  return panel(definition.title, [
    html`<p class="hint">By month. A month with fewer than twenty cases has no rate and leaves a gap.</p>`,
    lineChart(points, { name: `${definition.title}, by month`, write: percent }),
    figures(lines),
  ]);
}

/** `2026 Q4`: a single month has too few sales to compare. */
const quarterOf = (month: string): string =>
  `${month.slice(0, 4)} Q${Math.ceil(Number(month.slice(5)) / MONTHS_OF_QUARTER)}`;
const MONTHS_OF_QUARTER = 3;

/**
 * Rows are the quarters of sale, columns the years of ownership. All quarters are shown, because the first years are
 * long past.
 */
function cohorts({ counted, selection: { storeId } }: ShownNumbers): Html {
  const cells = cellsOf(counted, 'retention').filter((cell) => isSelected(cell, { storeId }));
  const quarters = [...new Set(cells.map(({ period }) => quarterOf(period)))].sort();
  const years = [...new Set(cells.flatMap(({ breakdown }) => breakdown ?? []))].sort();
  const countAt = (quarter: string, year: string) => {
    const there = cells.filter((cell) => quarterOf(cell.period) === quarter && cell.breakdown === year);
    return {
      part: there.reduce((sum, { part }) => sum + part, 0),
      whole: there.reduce((sum, { whole }) => sum + whole, 0),
    };
  };
  const rows = quarters.map((quarter) => ({
    label: quarter,
    counts: years.map((year) => countAt(quarter, year)),
  }));
  return panel('Still serviced here, by quarter of sale', [
    html`<p class="hint">The share that came at least once in each year of owning the car. A year that is not over yet is left blank.</p>`,
    heatMap(
      years.map((year) => `year ${year}`),
      rows.map(({ label, counts }) => ({
        label,
        cells: counts.map((count) => (count.whole === 0 ? undefined : shareOf(count))),
      })),
      'Share of cars that were serviced here, by quarter of sale and year of ownership',
    ),
    behind(
      ['sold in', ...years.map((year) => `year ${year}`)],
      rows.map(({ label, counts }) => [
        label,
        ...counts.map(({ part, whole }) => (whole === 0 ? '' : soMany({ part, whole }))),
      ]),
    ),
  ]);
}

function referrals({ counted, selection }: ShownNumbers): Html {
  const sections = ['referred-to-sales', 'referred-to-service', 'referrals-sold'].map((name) =>
    askFor(counted, name, 'group', selection),
  );
  const bars = sections.flatMap(({ definition, lines }) =>
    lines.map((line) => ({
      label: line.breakdown ? `${definition.title}: ${sortOf(line.breakdown)}` : definition.title,
      value: countOf(line.value).part,
      says: line.value.kind === 'count' ? figureOf(line.value) : soMany(countOf(line.value)),
    })),
  );
  return panel('Referrals, both ways', [
    barChart(bars, 'Referrals to Sales, to Service, and what they became'),
    behind(
      ['what', 'so many'],
      bars.map(({ label, says }) => [label, says]),
    ),
  ]);
}

function listed({ counted, selection }: ShownNumbers, name: string, title: string): Html {
  const { lines } = askFor(counted, name, 'group', selection);
  const bars = lines
    .map((line) => ({
      label: sortOf(line.breakdown ?? ''),
      value: countOf(line.value).part,
      says: figureOf(line.value),
    }))
    .toSorted((one, other) => other.value - one.value);
  return panel(title, [
    barChart(bars, title),
    behind(
      ['what', 'so many'],
      bars.map(({ label, says }) => [label, says]),
    ),
  ]);
}

type Head = readonly [string, string, string];

const tableOf = (shown: ShownNumbers, name: string, head: Head): Html =>
  panel(definitionNamed(name).title, [tableIn(shown, name, head)]);

function tableIn({ counted, selection, names }: ShownNumbers, name: string, head: Head): Html {
  const { lines } = askFor(counted, name, 'group', selection);
  const rows = lines.map((line) => [subjectOf(line, names), figureOf(line.value), groundsOf(line.value)]);
  return rows.length === 0 ? none : table(head, rows);
}

/** What the rule causes; undefined if nobody was ever held out. */
function effect(shown: ShownNumbers): Html | undefined {
  const found = effectOfRule(shown.counted, shown.selection);
  if (!found) return undefined;
  return panel(definitionNamed('holdout').title, [
    html`<p>${effectWords(found)}</p>`,
    tableIn(shown, 'holdout', ['arm', 'bought', 'of']),
  ]);
}

/** Undefined for a single store, which has nothing to compare. */
function stores({ counted, selection, names }: ShownNumbers): Html | undefined {
  const sections = headlines.map((name) => askFor(counted, name, 'store', selection));
  const ids = [
    ...new Set(sections.flatMap(({ lines }) => lines.flatMap(({ storeId }) => storeId ?? []))),
  ].sort();
  const cell = (section: Section, id: string) => {
    const line = section.lines.find(({ storeId }) => storeId === id);
    return line ? figureOf(line.value) : '';
  };
  if (ids.length < 2) return undefined;
  return panel('Stores side by side', [
    table(
      ['store', ...sections.map(({ definition }) => definition.title)],
      ids.map((id) => [names.store(id), ...sections.map((section) => cell(section, id))]),
    ),
  ]);
}

/** The group's numbers are split by store, not by person. */
function people({ counted, selection, names }: ShownNumbers, name: string): Html | undefined {
  const { definition, lines } = askFor(counted, name, 'person', selection);
  const isOneStore = selection.storeId !== undefined;
  const rows = lines
    .filter(({ person }) => person !== undefined)
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .map((line) => [
      isOneStore ? names.person(line.storeId ?? '', line.person ?? '') : subjectOf(line, names),
      figureOf(line.value),
      groundsOf(line.value),
      line.rank === undefined ? '' : `no. ${line.rank}`,
    ]);
  if (rows.length === 0) return undefined;
  return html`<section class="panel whole"><h2>${definition.title}: by person</h2>
<p class="hint">People are ranked from thirty cases on.</p>${table(['person', 'share', 'of', 'place'], rows)}</section>`;
}

/** People without a rank follow those who have one. */
const placeOf = ({ rank }: Line): number => rank ?? Number.MAX_SAFE_INTEGER;

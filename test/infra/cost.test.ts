import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cases } from '../../bench/calls-per-handoff.ts';
import { standingTable, thousandsTable, usages } from '../../lib/cost.ts';
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';
import { feedsOf } from '../../lib/sources.ts';
import { ofType, synthesize } from './synthesized.ts';

const page = readFileSync('docs/cost.md', 'utf8');
const group = readGroupFile(DEMO_GROUP);

/** Metrics that alarms watch: those of a sum each, and the result of a query as one. */
function alarmedMetrics(): number {
  return ofType(synthesize(group).template, 'AWS::CloudWatch::Alarm').reduce((all, [, { Properties }]) => {
    const metrics = z.array(z.looseObject({})).optional().parse(Properties['Metrics']);
    const watched = metrics?.filter(
      (one) => 'MetricStat' in one || String(one['Expression']).startsWith('SELECT'),
    );
    return all + (watched?.length ?? 1);
  }, 0);
}

/** With nothing before or after it: rows that a merge left over would be read as prices. */
const alone = (table: string) => `\n\n${table}\n\n`;

describe('docs/cost.md', () => {
  it('has the table that follows from the counted calls', () => {
    expect(page).toContain(alone(thousandsTable()));
  });

  it('has the table of what stands on the bill of the sample group, by the alarms of its template', () => {
    const postedFeeds = feedsOf(group, DEMO_GROUP).filter(({ source }) => source.webhook).length;
    const standing = {
      ...{ alarmedMetrics: alarmedMetrics(), ownMetrics: 65 },
      ...{ stores: group.stores.length, postedFeeds },
    };
    expect(page).toContain(alone(standingTable(standing)));
  });

  it.each([
    [
      'a car is sold',
      [
        'a car is sold',
        'a click: accepted, and the letter to the customer leaves',
        'a sweep before the delivery sends the checklist',
      ],
    ],
    [
      'a high repair quote, and Sales is notified',
      ['a high repair of a known customer', '… and Sales is notified'],
    ],
    ['a quote below the minimum: only the decision is kept', ['a quote below the minimum']],
    ['a first service is due', ['a first service is due']],
  ])('%s sends as many emails as the bench counts', (says, counted) => {
    const sends = cases.filter((one) => counted.includes(one.says)).map(({ fewest }) => fewest.sends);
    expect(sends).toHaveLength(counted.length);
    expect(usages.find((usage) => usage.says === says)?.emails).toBe(
      sends.reduce((all, one) => all + one, 0),
    );
  });
});

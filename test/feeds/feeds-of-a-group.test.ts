import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseGroup } from '../../functions/group/group-file.ts';
import demo from '../../groups/demo.json' with { type: 'json' };
import { feedsOf } from '../../lib/sources.ts';
import visits from '../../sources/visits-json.json' with { type: 'json' };

const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
const groupFile = join(folder, 'lakeshore.json');
const own = join(folder, 'lakeshore', 'sources');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
});

const withFeed = (feed: object) => parseGroup({ ...demo, feeds: [{ name: 'orders', ...feed }] });
const read = (feed: object) => feedsOf(withFeed(feed), groupFile);
const writeSource = (name: string, change: object) =>
  writeFileSync(join(own, `${name}.json`), JSON.stringify({ ...visits, name, ...change }));

describe('the feeds of a group, as its stack is synthesized', () => {
  it('are matched with shipped sources, and the words of their dealer stand beside those of the source', () => {
    const [feed] = read({
      source: 'dealervault-sv',
      dealers: { DVD1: 'lakeshore-honda' },
      codes: { status: { INVOICED: 'closed' } },
    });
    expect(feed?.source.codes['status']).toMatchObject({ CLOSED: 'closed', INVOICED: 'closed' });
    expect(feed?.stores).toEqual({ DVD1: 'lakeshore-honda' });
  });

  it('are matched with sources of their own, which lie beside the file of the group', () => {
    writeSource('garage-pro', {});
    expect(read({ source: 'garage-pro', store: 'lakeshore-honda' })[0]?.source.name).toBe('garage-pro');
  });

  it('that are posted end nothing by what they lack: one post is no list of all that is open', () => {
    const visits = { source: 'dealervault-appt', store: 'lakeshore-honda' };
    expect(read(visits)[0]?.source.absence).toMatchObject({ means: 'appointment cancelled' });
    expect(read({ ...visits, posted: true })[0]?.source).not.toHaveProperty('absence');
  });

  it.each([
    [
      { source: 'dealervault', store: 'lakeshore-honda' },
      /lakeshore\.json: feeds\[0\]\.source: 'dealervault' is no source/,
    ],
    [
      { source: 'dealervault-sv', store: 'lakeshore-honda', codes: { statuses: {} } },
      /lakeshore\.json: feeds\[0\]\.codes\.statuses: dealervault-sv has no codes 'statuses'.*Did you mean 'status'/,
    ],
  ])('say where a setting is wrong: %j', (feed, message) => {
    expect(() => read(feed)).toThrow(message);
  });

  it.each([
    [{ source: 'a', store: 'nowhere' }, /feeds\[0\]\.store: expected the id of a store of this file/],
    [{ source: 'a', dealers: { D1: 'nowhere' } }, /feeds\[0\]\.dealers\.D1: expected the id of a store/],
    [{ source: 'a' }, /feeds\[0\]: expected either store or dealers/],
    [
      { source: 'a', store: 'lakeshore-honda', expectBy: '6 am' },
      /feeds\[0\]\.expectBy: expected a time such as/,
    ],
  ])('are refused in the file of the group: %j', (feed, message) => {
    expect(() => withFeed(feed)).toThrow(message);
  });

  it.each([
    [
      'a column that is none',
      { key: 'numbr' },
      /garage-pro\.json is no source:\n {2}key: 'numbr' is not one of its columns/,
    ],
    [
      'another name than its file',
      { name: 'garage' },
      /garage-pro\.json: name: expected 'garage-pro', as the file is called/,
    ],
  ])('are refused with a source that has %s, also where no feed needs it yet', (_what, change, message) => {
    writeSource('garage-pro', change);
    expect(() => feedsOf({ name: 'lakeshore', feeds: [] }, groupFile)).toThrow(message);
  });

  it('are refused with a source of a name that is shipped: its events would be taken for those', () => {
    writeSource('dealervault-sv', {});
    expect(() => feedsOf({ name: 'lakeshore', feeds: [] }, groupFile)).toThrow(
      /dealervault-sv\.json: name: a source of this name is shipped/,
    );
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adfOf } from '../../functions/crm/adf.ts';
import { crmSettings } from '../../functions/group/crm-settings.ts';
import { calendarEntryOf } from '../../functions/handoffs/first-service/announced.ts';
import { calendarFile } from '../../functions/mail/calendar-file.ts';
import { contactCard } from '../../functions/mail/contact-card.ts';
import { bundleFunctions } from '../../lib/bundle.ts';
import { booked, firstServiceIn, ordinary } from '../support/email-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'libraries-when-needed-'));
const { group, store, now, advisor } = ordinary;
const task = firstServiceIn(ordinary, booked);

const lead = {
  id: 'a lead',
  requestedAt: now,
  customer: { customerNumber: '20417', lastName: "O'Neil & Söhne" },
  vehicle: { vin: '5J6RM4H77FL041229' },
  salesperson: 'Dana Whitehorse',
  aboutCar: 'In Service.',
  aboutCustomer: 'Open to looking.',
};
const crm = crmSettings.parse({ leadAddress: 'leads@crm.example', provider: 'Lakeshore' });
const calendar = {
  ...{ task: { taskId: task.taskId }, group, store, now, summary: 'First service', description: 'Lane 2' },
  entry: calendarEntryOf(task, booked),
};

const uses = [
  {
    library: 'ical-generator',
    file: 'mail/calendar-file.ts',
    exports: 'calendarFile',
    given: [calendar],
    expected: calendarFile(calendar),
  },
  {
    library: 'vcard-creator',
    file: 'mail/contact-card.ts',
    exports: 'contactCard',
    given: [advisor, store, 'Service advisor', now],
    expected: contactCard(advisor, store, 'Service advisor', now),
  },
  {
    library: 'fast-xml-builder',
    file: 'crm/adf.ts',
    exports: 'adfOf',
    given: [lead, crm, store],
    expected: adfOf(lead, crm, store),
  },
];

/** What a bundle writes in a process of its own, and the libraries that it had loaded before and after. */
function writtenBy({ library, exports, given }: (typeof uses)[number]): object {
  const script = `
    import { createRequire } from 'node:module';
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).map((path) => path.split('/').at(-1));
    const bundle = await import(${JSON.stringify(join(folder, library, 'index.mjs'))});
    const before = loaded();
    const written = bundle.${exports}(...${JSON.stringify(given)});
    console.log(JSON.stringify({ before, written, after: loaded() }));`;
  const options = { encoding: 'utf8', env: {} } as const;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], options));
}

beforeAll(async () => {
  const entries = uses.map(({ library, file }) => ({ name: library, file }));
  await bundleFunctions({ entries, group, feeds: [], into: folder });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(uses)('in a bundle, $library', (use) => {
  it('writes what it writes in the source, and is loaded by the first file that needs it', () => {
    const file = `${use.library}.cjs`;
    expect(writtenBy(use)).toEqual({ before: [], written: use.expected, after: [file] });
  });

  it('lies beside the bundle that needs it, and no other library does', () => {
    const files = readdirSync(join(folder, use.library)).filter((name) => name.endsWith('.cjs'));
    expect(files).toEqual([`${use.library}.cjs`]);
  });
});

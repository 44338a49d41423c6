import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };
import superstore from '../../../samples/vehicle-sold-superstore.json' with { type: 'json' };
import { handoff } from './handoff.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-event-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: string) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const check = (event: object, roster = 'samples/roster.csv') =>
  handoff(['check-event', fileOf('event.json', JSON.stringify(event)), '--roster', roster]);

describe('with the roster at hand', () => {
  it('a sale that names a salesperson whom nobody knows is good, with a note', async () => {
    const salespeople = [{ employeeNumber: '1077' }, { employeeNumber: 9999 }];
    const { code, stdout } = await check({ ...sold, detail: { ...sold.detail, salespeople } });
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.includes('note:'))).toEqual([
      "      note: salespeople[1].employeeNumber: '9999' is nobody's number at lakeshore-subaru in the roster",
    ]);
  });

  it('a number with a zero too many is likely somebody', async () => {
    const salespeople = [{ employeeNumber: '01077' }];
    const { stdout } = await check({ ...sold, detail: { ...sold.detail, salespeople } });
    expect(stdout).toMatch(/'01077' is nobody's number .*; did you mean 1077, \w+ \w+\?/);
  });

  it('the advisor of a car that another store services is looked for there', async () => {
    const withAdvisor = (serviceAdvisorNumber: string) => ({
      ...superstore,
      detail: {
        ...superstore.detail,
        serviceAdvisorNumber,
        vehicle: { ...superstore.detail.vehicle, make: 'Subaru' },
      },
    });
    expect((await check(withAdvisor('1042'))).stdout).not.toContain('note: serviceAdvisorNumber');
    expect((await check(withAdvisor('4002'))).stdout).toContain(
      "note: serviceAdvisorNumber: '4002' is nobody's number at lakeshore-subaru",
    );
  });

  it('a row that an import would reject is told, and its person is nobody', async () => {
    const broken = readFileSync('samples/roster.csv', 'utf8').replace('Blake,salesperson', 'Blake,wizard');
    const { code, stdout, stderr } = await check(sold, fileOf('roster.csv', broken));
    expect([code, stdout]).toEqual([0, expect.stringContaining("'1077' is nobody's number")]);
    expect(stderr).toMatch(/roster\.csv, line \d+ is left out: /);
  });
});

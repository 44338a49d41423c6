import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyRosterHelp } from '../../local/first-start.ts';
import { fixtureApp } from './support.ts';

const data = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

function npmStart(): ChildProcess {
  const options = ['--app', fixtureApp, '--port', '0', '--aws-port', '0', '--data', data, '--empty'];
  return spawn('npm', ['start', '--', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', () => reject(new Error(`It ended with: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const found = pattern.exec(text);
      if (found) resolve(found);
    });
  });
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );

test('npm start says what to do where nobody is in the roster, and stops when npm is told to', {
  timeout: 60_000,
}, async () => {
  const npm = npmStart();
  const [, desk = '', told] = await said(npm, /^ready: desk (\S+),.*\n([\s\S]*import-history.*)$/m);
  expect(told).toBe(emptyRosterHelp(undefined, desk));
  expect(await answers(desk)).toBe(true);
  npm.kill('SIGTERM');
  await expect.poll(() => answers(desk), { timeout: 10_000 }).toBe(false);
});

test('the help names the group that is run', () => {
  expect(emptyRosterHelp('groups/northshore.json', 'http://127.0.0.1:4500')).toContain(
    '  npm run roster -- import roster.csv --group groups/northshore.json --local http://127.0.0.1:4500\n',
  );
});

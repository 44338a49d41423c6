import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { pathOf } from '../../../bin/lib/command-line.ts';
import { writeCompletion } from '../../../bin/lib/completion.ts';
import { commandNames, newProgram } from '../../../bin/lib/program.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { handoff } from './handoff.ts';

const program = await newProgram(commandNames);

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
const leaves = leavesOf(program).map((command) => ({ name: pathOf(command).join(' '), command }));

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

describe('the help', () => {
  test.each(leaves)('of $name has examples, as npm runs them, and the exit codes', ({ name, command }) => {
    const help = helpOf(command);
    const [script = ''] = name.split(' ');
    expect(help).toContain('Exit code: 0 fine, 1 something is wrong or failed, 2 wrong usage.');
    const examples = help.split('\nExamples:\n')[1]?.split('\n\n')[0]?.split('\n') ?? [];
    expect(examples.length).toBeGreaterThan(0);
    // "redrive" is a script of its own, too.
    const said = new RegExp(`^ {2}npm (run (--silent )?)?(${script}|redrive)( |$)`);
    for (const example of examples) expect(example).toMatch(said);
  });

  test.each(leaves)('of $name names only options in its examples that it has', ({ command }) => {
    const examples = helpOf(command).split('\nExamples:\n')[1]?.split('\n\n')[0] ?? '';
    const known = [...command.options.map(({ long }) => long), '--silent', '--help'];
    const passedOn = ['deploy', 'diff', 'start'].includes(command.name());
    const named = examples.match(/--[a-z][a-z-]*/g) ?? [];
    expect(named.filter((option) => !known.includes(option) && !passedOn)).toEqual([]);
  });

  test('is asked for and printed on stdout, with 0', async () => {
    const { code, stdout, stderr } = await handoff(['trace', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: npm run trace -- [options]');
  });
});

/** They write files, run other programs, or print a script. */
const withoutData = [
  'start',
  'synth',
  'diff',
  'deploy',
  'docs',
  'preview-emails',
  'bench',
  'completion',
  'roster export',
  'opt-outs export',
  'customer export',
];

test.each(leaves.filter(({ name }) => !withoutData.includes(name)))(
  '$name prints JSON for programs',
  ({ command }) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
  },
);

test('every npm script of the command line names a command', () => {
  const run: string[][] = Object.entries(manifest.scripts).flatMap(([name, script]) =>
    script.startsWith('node bin/handoff.ts ') ? [[name, script.split(' ').at(2) ?? '']] : [],
  );
  const expected = commandNames.filter((name) => name !== 'start').map((name) => [name, name]);
  expect(run.toSorted()).toEqual(expected.toSorted());
});

const folder = mkdtempSync(join(tmpdir(), 'usage-'));
const policy = join(folder, 'policy.json');
writeFileSync(policy, '{}');

test.each([
  [['nonsense'], "unknown command 'nonsense'"],
  [['roster'], 'Which command? Expected one of those above.'],
  [['roster', 'remove'], "unknown command 'remove'"],
  [['roster', 'import'], 'Which file? Expected'],
  [['dead-letters', 'lsit'], "Unknown command 'lsit'. Expected list"],
  [['redrive'], 'Which? Expected ids from the list, --all-like ID or --all.'],
  [['trace'], 'Trace what? Expected --deal, --ro, --event or --task.'],
  [['trace', '--deal', '48211'], 'Which store? --deal needs --store'],
  [
    ['trace', '--deal', '1', '--ro', '2'],
    'Expected one of --deal, --ro, --event and --task, not --deal and --ro.',
  ],
  [['trace', '--deel', '48211'], "unknown option '--deel'"],
  [['why', '--store', 'lakeshore-honda'], 'Why what? Expected --ro or --appointment.'],
  [
    ['why', '--ro', '1', '--appointment', 'A-1', '--store', 'lakeshore-honda'],
    'Expected one of --ro and --appointment, not both.',
  ],
  [['replay-policy'], "required option '--policy <file>' not specified"],
  [
    ['replay-policy', '--policy', policy, '--from', 'May'],
    "--from takes a date such as 2026-11-20, not 'May'",
  ],
  [['replay-policy', '--policy', join(folder, 'none.json')], 'none.json cannot be read'],
  [['send'], 'Which file? Expected'],
  [['send', 'no-such.json'], 'no-such.json: cannot be read'],
  [
    ['send', 'samples/vehicle-sold.json', '--port', 'desk'],
    "--port takes a whole number from 1 to 65535, not 'desk'",
  ],
  [['check-event'], 'Which file? Expected'],
  [['import-history'], 'Which file? Expected'],
  [['simulate', '--runs', 'abc'], "--runs takes a whole number of at least 1, not 'abc'"],
  [['simulate', '--runs', '0'], "--runs takes a whole number of at least 1, not '0'"],
  [['deploy'], 'Which dealer group? npm run deploy -- --group groups/<name>.json'],
  [['trace', '--deal', '', '--store', 'lakeshore-honda'], '--deal needs a value, and has an empty one'],
  [['why', '--ro', '77120', '--store', ''], '--store needs a value, and has an empty one'],
  [['customer', 'erase', '--vin', '', '--yes'], '--vin needs a value, and has an empty one'],
  [['dead-letters', '--stack', ''], '--stack needs a value, and has an empty one'],
  [['redrive', ''], 'An argument is empty'],
  [['customer', 'export', '--email', 'nobody'], '--email takes an email address such as maria@example.com'],
  [['synth', '--group', 'none.json'], "The dealer group's file none.json cannot be read"],
  [['completion', 'fish'], 'Allowed choices are bash, zsh'],
  [['synth', '--to', 'there'], "unknown option '--to'"],
])('%j is wrong usage: it says what was expected, without a stack trace', async (args, message) => {
  const { code, stdout, stderr } = await handoff(args);
  expect(code).toBe(2);
  expect(stdout + stderr).toContain(message);
  expect(stderr).not.toMatch(/^ +at .*:\d+/m);
});

test('a profile that does not exist is named, with those that do', async () => {
  const config = join(folder, 'config');
  writeFileSync(config, '[default]\nregion = us-east-2\n[profile crest-pilot]\nregion = us-east-2\n');
  const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: '/nowhere', AWS_PROFILE: 'crest-prod' };
  const said = `There is no AWS profile 'crest-prod' in ${config} or /nowhere: expected one of default, crest-pilot.`;
  const deploy = await handoff(['deploy', '--group', 'groups/demo.json'], env);
  expect([deploy.code, deploy.stdout, deploy.stderr]).toEqual([2, '', `${said}\n`]);
  const trace = await handoff(['trace', '--deal', '1', '--store', 's', '--stack', 'handoff-x'], env);
  expect([trace.code, trace.stderr]).toEqual([1, expect.stringContaining(said)]);
});

describe('the completion script', () => {
  const script = writeCompletion(program, 'bash');

  function complete(...words: string[]): string[] {
    const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _handoff; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', `${script}\n${ask}`, 'bash', ...words], { encoding: 'utf8' })
      .split('\n')
      .filter((word) => word !== '');
  }

  test.each([
    [
      ['handoff', 'pre'],
      ['preflight', 'preview-emails'],
    ],
    [
      ['handoff', 'roster', ''],
      ['import', 'export', 'list', 'unknown', '--help'],
    ],
    [
      ['handoff', 'roster', 'list', '--st'],
      ['--stack', '--store'],
    ],
    [['handoff', 'trace', '--deal', '1', '--ev'], ['--event']],
    [
      ['handoff', 'completion', ''],
      ['bash', 'zsh', '--help'],
    ],
    [['handoff', 'send', 'package.j'], ['package.json']],
  ])('completes %j', (words, expected) => expect(complete(...words)).toEqual(expected));

  test('is one that zsh runs, too', () => {
    expect(writeCompletion(program, 'zsh')).toMatch(/^#compdef handoff\n.*bashcompinit\n_handoff\(\)/);
  });
});

import { describe, expect, it } from 'vitest';
import { readArguments, runCdk } from '../../bin/cdk-command.ts';

describe('npm run deploy', () => {
  it('takes the group for itself and hands on the rest', () => {
    const rest = ['--profile', 'pilot'];
    const group = 'groups/lakeshore.json';
    expect(readArguments(['--profile', 'pilot', '--group', group])).toEqual({ group, rest });
    expect(readArguments([`--group=${group}`, ...rest])).toEqual({ group, rest });
    expect(readArguments(rest)).toEqual({ group: undefined, rest });
  });

  it('deploys no group that nobody named', () => {
    expect(() => runCdk('deploy', [])).toThrow(
      'Which dealer group? npm run deploy -- --group groups/<name>.json',
    );
  });

  it('says which file it could not read', () => {
    expect(() => runCdk('diff', ['--group', 'groups/nobody.json'])).toThrow(
      /groups\/nobody\.json cannot be read/,
    );
  });
});

import { describe, expect, it, vi } from 'vitest';
import { accountHint, isNobodyLoggedIn, isWithoutAccount } from '../../bin/deploy/aws-account.ts';
import { readArguments, runCdk } from '../../bin/deploy/cdk.ts';

describe('npm run deploy', () => {
  it('takes the group for itself and hands on the rest', () => {
    const rest = ['--profile', 'pilot'];
    const group = 'groups/lakeshore.json';
    expect(readArguments(['--profile', 'pilot', '--group', group])).toEqual({ group, rest });
    expect(readArguments([`--group=${group}`, ...rest])).toEqual({ group, rest });
    expect(readArguments(rest)).toEqual({ group: undefined, rest });
  });

  it('deploys no group that nobody named', async () => {
    await expect(runCdk('deploy', [])).rejects.toThrow(
      'Which dealer group? npm run deploy -- --group groups/<name>.json',
    );
  });

  it('says which file it could not read', async () => {
    await expect(runCdk('diff', ['--group', 'groups/nobody.json'])).rejects.toThrow(
      /groups\/nobody\.json cannot be read/,
    );
  });

  it('knows whether anybody is logged in, and says what to do', async () => {
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_PROFILE', undefined);
    expect(await isNobodyLoggedIn(undefined)).toBe(true);
    expect(await isNobodyLoggedIn('no-such-profile')).toBe(true);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'somebody');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    expect(await isNobodyLoggedIn(undefined)).toBe(false);
    vi.unstubAllEnvs();
    expect(accountHint).toMatch(/AWS_PROFILE.*AWS_REGION[\s\S]*cdk bootstrap/);
    expect(isWithoutAccount(new Error('Region is missing'))).toBe(true);
    expect(isWithoutAccount(new Error('Stack with id handoff-x does not exist'))).toBe(false);
  });
});

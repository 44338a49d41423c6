/** Explains why AWS could not be asked: no such profile, nobody logged in, no region. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { messageOf, UsageProblem } from '../lib/problem.ts';

export const accountHint = `Say which AWS account and region first, for example:
  export AWS_PROFILE=<profile> AWS_REGION=us-east-2
and once for each account and region: npx cdk bootstrap`;

const lacking = ['Region is missing', 'CredentialsProviderError', 'Could not load credentials'];

/** The SDK reports this only by the error's name or text. */
export function isWithoutAccount(error: unknown): boolean {
  const said = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  return lacking.some((words) => said.includes(words));
}

/** What to do about a failed AWS call, if the account is the reason and not the call. */
export function explainAccount(error: unknown, profile?: string): string | undefined {
  return missingProfile(profile) ?? (isWithoutAccount(error) ? accountHint : undefined);
}

/** Whether a failed command had no AWS account to work with; the CDK CLI's message does not say what to do. */
export async function isNobodyLoggedIn(profile: string | undefined): Promise<boolean> {
  const client = new CloudFormationClient(profile === undefined ? {} : { profile });
  try {
    await client.config.credentials();
    return false;
  } catch {
    return true;
  }
}

export function requireProfile(profile: string | undefined): void {
  const missing = missingProfile(profile);
  if (missing !== undefined) throw new UsageProblem(missing);
}

/** The message if the given profile, or the shell's, is in none of AWS's files. */
function missingProfile(given: string | undefined): string | undefined {
  const asked = given ?? process.env['AWS_PROFILE'];
  if (asked === undefined || asked === '') return undefined;
  const files = [
    process.env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
    process.env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
  ];
  const known = [...new Set(files.flatMap(profilesIn))];
  if (known.includes(asked)) return undefined;
  const others = known.length === 0 ? 'there are no profiles there' : `expected one of ${known.join(', ')}`;
  return `There is no AWS profile '${asked}' in ${files.join(' or ')}: ${others}.`;
}

function profilesIn(file: string): string[] {
  try {
    return [...readFileSync(file, 'utf8').matchAll(/^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/gm)].map(
      ([, name = '']) => name,
    );
  } catch {
    return [];
  }
}

/** The error with which AWS answers in the shell's account; undefined if it answers as it should. */
export async function accountProblem(
  stackName: string,
  profile: string | undefined,
): Promise<string | undefined> {
  if (await isNobodyLoggedIn(profile)) return accountHint;
  try {
    const client = new CloudFormationClient(profile === undefined ? {} : { profile });
    await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return undefined;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    return explainAccount(error, profile) ?? `AWS could not be asked about ${stackName}: ${messageOf(error)}`;
  }
}

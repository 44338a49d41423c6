/** What to do where AWS was not asked because nobody said as whom, or where. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

export const accountHint = `Say which AWS account and region first, for example:
  export AWS_PROFILE=<profile> AWS_REGION=us-east-2
and once for each account and region: npx cdk bootstrap`;

const lacking = ['Region is missing', 'CredentialsProviderError', 'Could not load credentials'];

/** The SDK says it by the error's name or text. */
export function isWithoutAccount(error: unknown): boolean {
  const said = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  return lacking.some((words) => said.includes(words));
}

/** Whether a command that failed had no account to work on; the CDK's own text for it names no remedy. */
export async function isNobodyLoggedIn(profile: string | undefined): Promise<boolean> {
  const client = new CloudFormationClient(profile === undefined ? {} : { profile });
  try {
    await client.config.credentials();
    return false;
  } catch {
    return true;
  }
}

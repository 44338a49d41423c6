/** What to do where AWS was not asked because nobody said as whom, or where. */

export const accountHint = `Say which AWS account and region first, for example:
  export AWS_PROFILE=<profile> AWS_REGION=us-east-2
and once for each account and region: npx cdk bootstrap`;

const lacking = ['Region is missing', 'CredentialsProviderError', 'Could not load credentials'];

/** The SDK says it by the error's name or text. */
export function isWithoutAccount(error: unknown): boolean {
  const said = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  return lacking.some((words) => said.includes(words));
}

import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What an operator needs to know of the deployed stack, as its outputs. */
export function outputs(scope: Construct, values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) new CfnOutput(scope, name, { value });
  }
}

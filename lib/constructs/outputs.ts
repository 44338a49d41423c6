import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Adds what an operator needs to know about the deployed stack to its outputs. */
export function outputs(scope: Construct, values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) new CfnOutput(scope, name, { value });
  }
}

import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const KEY_CHARACTERS = 64;

export interface CustomerKeyProps {
  /** The ARN of the secret of an existing table, to use instead of creating one. */
  readonly existing: string | undefined;
}

/**
 * The key for the hashes under which customers and their opt-outs are stored. It is created once and retained with
 * the table. With another key nobody in the table would be found, customers who opted out would be written to, and
 * erased customers would no longer be recognized.
 */
export class CustomerKey extends Construct {
  readonly secretArn: string;

  constructor(scope: Construct, id: string, { existing }: CustomerKeyProps) {
    super(scope, id);
    this.secretArn = existing ?? createSecret(this).secretArn;
  }

  grantRead(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.secretArn],
    });
  }
}

function createSecret(scope: Construct): Secret {
  const secret = new Secret(scope, 'Secret', {
    description: 'Key of the hashes of customers: phone numbers, addresses and VINs',
    generateSecretString: { passwordLength: KEY_CHARACTERS, excludePunctuation: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'A rotated key would find none of the customers whose hashes are stored.',
  });
  return secret;
}

import { Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const KEY_CHARACTERS = 48;

export interface LookUpsProps {
  /** Whether a service is asked for a car's value. */
  readonly asksValue: boolean;
}

/** The API keys of the services that are asked about a car. */
export class LookUps extends Construct {
  readonly #valueKey: Secret | undefined;

  constructor(scope: Construct, id: string, { asksValue }: LookUpsProps) {
    super(scope, id);
    if (!asksValue) return;
    this.#valueKey = new Secret(this, 'ValueKey', {
      description: 'The key of the service that says what a car is worth: { current }',
      // A random placeholder. The service refuses it, and values are unknown, until the vendor's key is entered.
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'current',
        passwordLength: KEY_CHARACTERS,
        excludePunctuation: true,
      },
    });
    Validations.of(this.#valueKey).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The vendor gives the key, so no clock can rotate it.',
    });
  }

  get valueKeyArn(): string | undefined {
    return this.#valueKey?.secretArn;
  }

  /** For the function's environment: the id of each service's secret. */
  get secretIds(): string {
    return Stack.of(this).toJsonString(this.#valueKey ? { value: this.#valueKey.secretArn } : {});
  }

  grantRead(grantee: IGrantable): void {
    if (!this.#valueKey) return;
    Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.#valueKey.secretArn],
    });
  }
}

import { Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const KEY_CHARACTERS = 48;

export interface LookUpsProps {
  /** Whether a service is asked what a car is worth. */
  readonly asksValue: boolean;
}

/** The keys of the services that are asked about a car. */
export class LookUps extends Construct {
  readonly #valueKey: Secret | undefined;

  constructor(scope: Construct, id: string, { asksValue }: LookUpsProps) {
    super(scope, id);
    if (!asksValue) return;
    this.#valueKey = new Secret(this, 'ValueKey', {
      description: 'The key of the service that says what a car is worth: { current }',
      // Until the vendor's key is entered, the service refuses this one, and the value is unknown.
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

  /** For the variable of the function: the id of each service's secret. */
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

import { Stack, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { FileFeed } from '../../functions/feeds/file-feed.ts';
import { onlyStage } from './http-stage.ts';
import { feedSecretOutput } from './names.ts';

const KEY_CHARACTERS = 48;

/** A function's environment has four kilobytes, and each secret's ARN takes some of it. */
const MOST_FEEDS = 24;

export interface WebhooksApiProps {
  readonly groupName: string;
  readonly feeds: readonly FileFeed[];
}

/**
 * The API that vendors post to. It is separate, so that a vendor's flood of posts does not slow down the pages of
 * staff and customers. Each feed whose source has a webhook has a route and a secret.
 */
export class WebhooksApi extends Construct {
  readonly #api: HttpApi | undefined;
  readonly #secrets: ReadonlyMap<string, Secret>;

  constructor(scope: Construct, id: string, { groupName, feeds }: WebhooksApiProps) {
    super(scope, id);
    const posted = feeds.filter(({ source }) => source.webhook !== undefined);
    if (posted.length > MOST_FEEDS)
      throw new Error(`feeds: expected at most ${MOST_FEEDS} that have a webhook, got ${posted.length}`);
    this.#secrets = new Map(posted.map(({ name }) => [name, secretOf(this, name)]));
    // A group without such feeds gets no public address for posts.
    if (posted.length === 0) return;
    this.#api = new HttpApi(this, 'Posts', {
      createDefaultStage: false,
      description: 'What vendors post about repair orders, deals and appointments',
    });
    // A store writes a few lines a minute. A vendor that gets status 429 posts again later.
    const throttle = { rateLimit: 25, burstLimit: 50 };
    onlyStage(this, { api: this.#api, log: `/aws/vendedlogs/handoff-${groupName}/webhooks`, throttle });
  }

  answerWith(handler: IFunction): void {
    const integration = new HttpLambdaIntegration('ReceiveWebhook', handler);
    for (const feed of this.#secrets.keys()) {
      const routes =
        this.#api?.addRoutes({ path: `/in/${feed}`, methods: [HttpMethod.POST], integration }) ?? [];
      for (const route of routes)
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'A vendor proves each post by its signature, key or token, which the function checks before it stores it. No authorizer of API Gateway reads the body, which is what is signed.',
        });
    }
  }

  /** For the function's environment: the id of each feed's secret. */
  get secretIds(): string {
    const ids = [...this.#secrets].map(([feed, { secretArn }]) => [feed, secretArn]);
    return Stack.of(this).toJsonString(Object.fromEntries(ids));
  }

  /** Granted one by one: a role that reads all secrets of an account could read another group's. */
  grantRead(grantee: IGrantable): void {
    if (this.#secrets.size === 0) return;
    Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [...this.#secrets.values()].map(({ secretArn }) => secretArn),
    });
  }

  /** The address of the feeds, and the location of each one's secret. */
  get outputs(): Readonly<Record<string, string>> {
    const secrets = [...this.#secrets].map(([feed, { secretArn }]) => [feedSecretOutput(feed), secretArn]);
    return this.#api ? { WebhookOrigin: this.#api.apiEndpoint, ...Object.fromEntries(secrets) } : {};
  }
}

function secretOf(scope: Construct, feed: string): Secret {
  const secret = new Secret(scope, `Secret-${feed}`, {
    description: `What ${feed} proves its posts by: { current, previous }`,
    generateSecretString: {
      secretStringTemplate: '{}',
      generateStringKey: 'current',
      passwordLength: KEY_CHARACTERS,
      excludePunctuation: true,
    },
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'The vendor has to enter the new key, so no clock can rotate it: npm run feed -- secret rotate keeps the old key beside the new one until then.',
  });
  return secret;
}

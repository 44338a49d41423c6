import { describe, expect, it } from 'vitest';
import { type FileFeed, fileFeed } from '../../functions/feeds/file-feed.ts';
import { readSourceFile } from '../../lib/sources.ts';
import { plain } from './group.ts';
import { ofType, statementsOf, synthesize } from './synthesized.ts';

const feedOf = (name: string, source = name): FileFeed =>
  fileFeed(
    { name, source, store: 'lakeshore-honda', codes: {}, posted: source !== 'cdk-open-orders' },
    readSourceFile(`sources/${source}.json`),
  );

const feeds = [feedOf('tekmetric'), feedOf('shopmonkey'), feedOf('nightly-orders', 'cdk-open-orders')];
const { template } = synthesize(plain, { feeds, validate: true });
const none = synthesize(plain).template;

const theFunction = ofType(template, 'AWS::Lambda::Function').find(([id]) => id.startsWith('ReceiveWebhook'));
const theRole = ofType(template, 'AWS::IAM::Role').find(([id]) => id.startsWith('ReceiveWebhook'));
const policies = ofType(template, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
  JSON.stringify(Properties['Roles']).includes(theRole?.[0] ?? '-'),
);
const may = policies.flatMap(([, { Properties }]) => statementsOf(Properties['PolicyDocument']));

describe('vendors post to an API of its own', () => {
  it('which a group without such a feed does not have', () => {
    expect(ofType(none, 'AWS::ApiGatewayV2::Api')).toHaveLength(1);
    expect(Object.keys(none.Outputs)).not.toContain('WebhookOrigin');
  });

  it('with a route for each feed that is posted to, for POST alone', () => {
    const routes = ofType(template, 'AWS::ApiGatewayV2::Route').map(([, one]) => one.Properties['RouteKey']);
    const posted = routes.filter((route) => String(route).includes('/in/'));
    expect(posted.toSorted()).toEqual(['POST /in/shopmonkey', 'POST /in/tekmetric']);
  });

  it('whose throttle is its own, and whose log has neither path, query nor body', () => {
    const stages = ofType(template, 'AWS::ApiGatewayV2::Stage').map(([, one]) => one.Properties);
    expect(stages).toHaveLength(2);
    expect(stages.map(({ DefaultRouteSettings }) => DefaultRouteSettings)).toContainEqual({
      ThrottlingBurstLimit: 50,
      ThrottlingRateLimit: 25,
    });
    for (const { AccessLogSettings } of stages)
      expect(JSON.stringify(AccessLogSettings)).not.toMatch(/context\.(path|http|identity|authorizer)|body/);
  });
});

describe('each feed that is posted to', () => {
  it('has a secret of its own, with a key that nobody chose', () => {
    const secrets = ofType(template, 'AWS::SecretsManager::Secret').filter(([id]) =>
      id.startsWith('Webhooks'),
    );
    expect(secrets).toHaveLength(2);
    for (const [, { Properties }] of secrets)
      expect(Properties['GenerateSecretString']).toMatchObject({
        GenerateStringKey: 'current',
        PasswordLength: 48,
      });
    expect(Object.keys(template.Outputs)).toEqual(
      expect.arrayContaining(['WebhookOrigin', 'WebhookSecretShopmonkey', 'WebhookSecretTekmetric']),
    );
  });

  it('is found by its secret in the variables of the function', () => {
    const variables = JSON.stringify(theFunction?.[1].Properties['Environment']);
    expect(variables).toContain('tekmetric');
    expect(variables).not.toContain('nightly-orders');
  });
});

describe('the function that takes posts', () => {
  it('may read these secrets, add to the folder of files, and count what it refused', () => {
    expect(may.flatMap(({ Action }) => Action).toSorted()).toEqual(
      expect.arrayContaining(['dynamodb:UpdateItem', 's3:PutObject', 'secretsmanager:GetSecretValue']),
    );
    expect(may.flatMap(({ Action }) => Action)).not.toContain('s3:GetObject');
    const [update] = may.filter(({ Action }) => Action.includes('dynamodb:UpdateItem'));
    expect(update?.Condition).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['posts#*'] },
    });
  });

  it('may neither put events nor read the table', () => {
    expect(may.flatMap(({ Action }) => Action)).not.toContain('events:PutEvents');
    expect(may.flatMap(({ Action }) => Action)).not.toContain('dynamodb:GetItem');
  });
});

import { account, arnOf, region } from '../aws.ts';
import { Problem } from '../problem.ts';
import { dkimAttributes } from '../ses/dkim.ts';
import type { Addresses } from './addresses.ts';

interface ResourceType {
  /** The property for an explicit physical name. */
  nameProperty?: string;
  /** Generates the name of a resource without one. By default it consists of the stack's name and the resource's id. */
  generatedName?: (stackName: string, id: string) => string;
  ref?: (name: string, addresses: Addresses) => string;
  attributes?: Record<string, (name: string, addresses: Addresses) => string>;
}

/** Types whose behavior is emulated. */
const played: Record<string, ResourceType> = {
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', attributes: { Arn: arnOf.lambda } },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    generatedName: (stackName, id) => `${stackName}-${id}`.slice(0, 64),
    attributes: { Arn: arnOf.role, RoleId: (name) => name },
  },
  'AWS::IAM::Policy': {},
  'AWS::IAM::ManagedPolicy': { nameProperty: 'ManagedPolicyName', ref: arnOf.managedPolicy },
  'AWS::Lambda::EventInvokeConfig': {},
  'AWS::Lambda::EventSourceMapping': {},
  'AWS::Lambda::Permission': {},
  'AWS::Events::EventBus': { nameProperty: 'Name', attributes: { Arn: arnOf.bus, Name: (name) => name } },
  'AWS::Events::EventBusPolicy': {},
  'AWS::Events::Rule': { nameProperty: 'Name', attributes: { Arn: (name) => arnOf.rule('default', name) } },
  'AWS::Events::Connection': {
    nameProperty: 'Name',
    attributes: { Arn: arnOf.connection, ArnForPolicy: arnOf.connection },
  },
  'AWS::Events::ApiDestination': {
    nameProperty: 'Name',
    attributes: { Arn: arnOf.apiDestination, ArnForPolicy: arnOf.apiDestination },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: (name, { origins }) => `${origins.aws}/${account}/${name}`,
    attributes: {
      Arn: arnOf.queue,
      QueueName: (name) => name,
      QueueUrl: (name, { origins }) => `${origins.aws}/${account}/${name}`,
    },
  },
  'AWS::DynamoDB::Table': { nameProperty: 'TableName', attributes: { Arn: arnOf.table } },
  'AWS::DynamoDB::GlobalTable': {
    nameProperty: 'TableName',
    attributes: { Arn: arnOf.table, TableId: (name) => name },
  },
  'AWS::ApiGatewayV2::Api': { attributes: { ApiEndpoint: (name, addresses) => addresses.api(name) } },
  'AWS::ApiGatewayV2::Route': {},
  'AWS::ApiGatewayV2::Integration': {},
  'AWS::ApiGatewayV2::Stage': {},
  'AWS::ApiGatewayV2::DomainName': {
    nameProperty: 'DomainName',
    attributes: {
      RegionalDomainName: (name) => `${name}.local`,
      RegionalHostedZoneId: () => 'Z00000000LOCAL',
    },
  },
  'AWS::ApiGatewayV2::ApiMapping': {},
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    generatedName: (stackName, id) => `${stackName}-${id}`.toLowerCase().slice(0, 63),
    attributes: {
      Arn: (name) => `arn:aws:s3:::${name}`,
      DomainName: (name) => `${name}.s3.amazonaws.com`,
      RegionalDomainName: (name) => `${name}.s3.${region}.amazonaws.com`,
    },
  },
  'AWS::Athena::WorkGroup': { nameProperty: 'Name' },
  'AWS::Glue::Database': {},
  'AWS::Glue::Table': {},
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    ref: arnOf.secret,
    attributes: { Id: arnOf.secret },
  },
  'AWS::SES::ConfigurationSet': { nameProperty: 'Name' },
  'AWS::SES::ConfigurationSetEventDestination': {},
  'AWS::SES::EmailIdentity': { nameProperty: 'EmailIdentity', attributes: dkimAttributes },
};

/** Types that are deliberately not emulated, because nothing that runs here depends on them. */
const leftOut = new Map<string, string>([
  ['AWS::CDK::Metadata', 'a note of the toolkit'],
  ['AWS::SQS::QueuePolicy', 'only what functions may do by their roles is judged here'],
  ['AWS::SecretsManager::ResourcePolicy', 'only what functions may do by their roles is judged here'],
  ['AWS::S3::BucketPolicy', 'only what functions may do by their roles is judged here'],
  ['AWS::SNS::TopicPolicy', 'alarms have nothing to report here'],
  ['AWS::KMS::Key', 'nothing is encrypted here'],
  ['AWS::KMS::Alias', 'nothing is encrypted here'],
  ['AWS::Events::Archive', 'the journal keeps every event'],
  ['AWS::Logs::LogGroup', 'functions log to one file'],
  ['AWS::Logs::MetricFilter', 'there are no metrics here'],
  ['AWS::Logs::QueryDefinition', 'there are no log queries here'],
  ['AWS::CloudWatch::Alarm', 'there are no metrics here'],
  ['AWS::CloudWatch::CompositeAlarm', 'there are no metrics here'],
  ['AWS::CloudWatch::Dashboard', 'there are no metrics here'],
  ['AWS::SNS::Topic', 'alarms have nothing to report here'],
  ['AWS::SNS::Subscription', 'alarms have nothing to report here'],
  ['AWS::CertificateManager::Certificate', 'there is no TLS here'],
  ['AWS::Backup::BackupPlan', 'there are no backups here'],
  ['AWS::Backup::BackupSelection', 'there are no backups here'],
  ['AWS::Backup::BackupVault', 'there are no backups here'],
  ['AWS::SSM::Parameter', 'nothing that runs here reads parameters'],
  ['AWS::Transfer::Server', 'files come from a folder of this machine'],
  ['AWS::Transfer::User', 'files come from a folder of this machine'],
  ['AWS::Transfer::Connector', 'files come from a folder of this machine'],
  ['AWS::StepFunctions::StateMachine', 'the services that it calls are not here'],
  ['AWS::Budgets::Budget', 'nothing costs anything here'],
]);

/** Types that are not emulated and whose Ref is their ARN. */
export const refersByArn: ReadonlySet<string> = new Set([
  'AWS::SNS::Topic',
  'AWS::StepFunctions::StateMachine',
]);

export const isPlayed = (type: string): boolean => type in played;

export function requireKnown(id: string, type: string): void {
  if (isPlayed(type) || leftOut.has(type)) return;
  throw new Problem(
    `${id} is an ${type}, which the local run does not play. Teach it in local/emulator/stack/, ` +
      'or list it in local/emulator/stack/resources.ts as left out, with the reason',
  );
}

export const resourceType = (type: string): ResourceType => played[type] ?? {};

/** A made-up ARN for a resource that is not emulated: other resources may mention it, but nothing reads it. */
export const placeholderArn = (type: string, name: string): string =>
  `arn:aws:${type.split('::')[1]?.toLowerCase() ?? 'local'}:${region}:${account}:${name}`;

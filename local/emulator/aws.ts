import { createHash } from 'node:crypto';

/** The account that the local run pretends to be. */
export const region = 'us-east-1';
export const account = '000000000000';

const endingOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);

export const arnOf = {
  lambda: (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  queue: (name: string) => `arn:aws:sqs:${region}:${account}:${name}`,
  bus: (name: string) => `arn:aws:events:${region}:${account}:event-bus/${name}`,
  rule: (bus: string, name: string) =>
    `arn:aws:events:${region}:${account}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`,
  /**
   * Secrets Manager adds six characters of its own to the end. Here they are derived from the name, so they stay the
   * same.
   */
  secret: (name: string) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${endingOf(name).slice(0, 6)}`,
  connection: (name: string) => `arn:aws:events:${region}:${account}:connection/${name}/${endingOf(name)}`,
  apiDestination: (name: string) =>
    `arn:aws:events:${region}:${account}:api-destination/${name}/${endingOf(name)}`,
  role: (name: string) => `arn:aws:iam::${account}:role/${name}`,
  session: (role: string, name: string) => `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
  managedPolicy: (name: string) => `arn:aws:iam::${account}:policy/${name}`,
  user: (name: string) => `arn:aws:iam::${account}:user/${name}`,
  table: (name: string) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  identity: (name: string) => `arn:aws:ses:${region}:${account}:identity/${name}`,
  configurationSet: (name: string) => `arn:aws:ses:${region}:${account}:configuration-set/${name}`,
};

export const nameInArn = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? (nameOrArn.split(/[:/]/).at(-1) ?? nameOrArn) : nameOrArn;

const busArn = arnOf.bus('');

/** The bus for a name or an ARN; undefined if an ARN is not a bus of this account and region. */
export function busNameIn(nameOrArn: string): string | undefined {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  return nameOrArn.startsWith(busArn) ? nameOrArn.slice(busArn.length) : undefined;
}

/** Options for an SDK client of the local endpoint. */
export const clientOptions = (awsUrl: string) => ({
  endpoint: awsUrl,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

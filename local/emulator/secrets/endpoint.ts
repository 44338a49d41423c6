import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import type { Caller } from '../http/caller.ts';
import type { Access } from '../iam/access.ts';
import type { SecretSpec } from '../stack/secrets.ts';
import type { SecretStore, SecretVersion } from './store.ts';

const mostBytes = 65_536;

const requestSchema = z.object({
  SecretId: z.string().min(1),
  VersionId: z.string().nullish(),
  VersionStage: z.string().nullish(),
  ClientRequestToken: z.string().min(32).max(64).nullish(),
  SecretString: z.string().nullish(),
  SecretBinary: z.base64().nullish(),
  VersionStages: z.array(z.string().min(1)).min(1).max(20).nullish(),
  MoveToVersionId: z.string().nullish(),
  RemoveFromVersionId: z.string().nullish(),
});

type Request = z.infer<typeof requestSchema>;
type Operation = (secret: SecretSpec, request: Request) => AwsAnswer;

const notFound = (what: string): AwsAnswer =>
  awsError(400, 'ResourceNotFoundException', `Secrets Manager can't find the specified secret${what}.`);
const invalid = (message: string): AwsAnswer => awsError(400, 'InvalidParameterException', message);
const done = (body: object): AwsAnswer => ({ status: 200, body });

/** Matches a secret by its name, its ARN, or its ARN without the last six characters. */
const isNamed = ({ name, arn }: SecretSpec, id: string): boolean =>
  id === name || id === arn || id === arn.replace(/-\w{6}$/, '');

/** The part of the Secrets Manager API that reads, replaces and relabels the secrets in the template. */
export class SecretsEndpoint {
  readonly #store: SecretStore;
  readonly #access: Access;
  readonly #operations: Record<string, Operation> = {
    GetSecretValue: (secret, request) => this.#get(secret, request),
    DescribeSecret: (secret) => this.#describe(secret),
    PutSecretValue: (secret, request) => this.#put(secret, request),
    UpdateSecretVersionStage: (secret, request) => this.#updateStage(secret, request),
  };

  constructor(store: SecretStore, access: Access) {
    this.#store = store;
    this.#access = access;
  }

  answer(name: string, body: unknown, caller: Caller): AwsAnswer {
    const operation = Object.hasOwn(this.#operations, name) ? this.#operations[name] : undefined;
    if (!operation) {
      return awsError(400, 'UnknownOperationException', `The local run does not play secretsmanager:${name}`);
    }
    const request = requestSchema.safeParse(body);
    if (!request.success) return awsError(400, 'ValidationException', z.prettifyError(request.error));
    const secret = this.#store.specs.find((spec) => isNamed(spec, request.data.SecretId));
    const context = request.data.VersionStage
      ? { 'secretsmanager:VersionStage': [request.data.VersionStage] }
      : {};
    // A missing secret is denied as well: a caller without permission must not learn whether it exists.
    const resource = secret?.arn ?? request.data.SecretId;
    const denial = this.#access.denialOf(caller, { action: `secretsmanager:${name}`, resource, context });
    if (denial !== undefined) return awsError(400, 'AccessDeniedException', denial);
    return secret ? operation(secret, request.data) : notFound('');
  }

  #get(secret: SecretSpec, { VersionId: id, VersionStage }: Request): AwsAnswer {
    const stage = VersionStage ?? (id ? undefined : 'AWSCURRENT');
    const found = this.#store
      .versions(secret)
      .find((version) => (!id || version.id === id) && (!stage || version.stages.includes(stage)));
    if (!found) {
      return notFound(id ? ` value for VersionId: ${id}` : ` value for staging label: ${stage}`);
    }
    return done({
      ARN: secret.arn,
      Name: secret.name,
      VersionId: found.id,
      ...(found.text === null ? {} : { SecretString: found.text }),
      ...(found.binary === null ? {} : { SecretBinary: found.binary }),
      VersionStages: found.stages,
      CreatedDate: found.created_at / 1000,
    });
  }

  #describe(secret: SecretSpec): AwsAnswer {
    const versions = this.#store.versions(secret);
    const [created] = versions.map(({ created_at: at }) => at / 1000);
    return done({
      ARN: secret.arn,
      Name: secret.name,
      Description: secret.description,
      RotationEnabled: false,
      ...(created === undefined
        ? {}
        : { CreatedDate: created, LastChangedDate: (versions.at(-1)?.created_at ?? 0) / 1000 }),
      VersionIdsToStages: Object.fromEntries(
        versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, stages]),
      ),
      Tags: [],
    });
  }

  #put(secret: SecretSpec, request: Request): AwsAnswer {
    const { SecretString: text, SecretBinary: binary } = request;
    if ((text == null) === (binary == null)) {
      return invalid('You must provide either SecretString or SecretBinary.');
    }
    if (Buffer.byteLength(text ?? '') > mostBytes || Buffer.byteLength(binary ?? '', 'base64') > mostBytes) {
      return awsError(400, 'ValidationException', `A secret has at most ${mostBytes} bytes.`);
    }
    const id = request.ClientRequestToken ?? randomUUID();
    const stages = request.VersionStages ?? ['AWSCURRENT'];
    const before = this.#store.versions(secret).find((version) => version.id === id);
    if (before) return this.#again(secret, before, request);
    this.#store.put(
      secret,
      id,
      { ...(text == null ? {} : { text }), ...(binary == null ? {} : { binary }) },
      stages,
    );
    return done({ ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: stages });
  }

  /** The same token with the same value is a repeated request. */
  #again(secret: SecretSpec, before: SecretVersion, { SecretString, SecretBinary }: Request): AwsAnswer {
    if (before.text !== (SecretString ?? null) || before.binary !== (SecretBinary ?? null)) {
      const message = `You can't use ClientRequestToken ${before.id} because that value is already in use for a version of secret ${secret.arn}.`;
      return awsError(400, 'ResourceExistsException', message);
    }
    return done({ ARN: secret.arn, Name: secret.name, VersionId: before.id, VersionStages: before.stages });
  }

  #updateStage(secret: SecretSpec, request: Request): AwsAnswer {
    const { VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from } = request;
    if (!stage) return invalid('You must provide a VersionStage.');
    if (!to && !from) return invalid('You must provide MoveToVersionId or RemoveFromVersionId.');
    if (to && !this.#store.versions(secret).some(({ id }) => id === to)) {
      return notFound(` value for VersionId: ${to}`);
    }
    const holder = this.#store.withStage(secret, stage)?.id;
    if (holder !== undefined && holder !== to && from !== holder) {
      return invalid(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    if (from && from !== holder) return invalid(`Staging label ${stage} is not attached to version ${from}.`);
    if (!to && stage === 'AWSCURRENT') return invalid('AWSCURRENT can only be moved, not removed.');
    this.#store.moveStage(secret, stage, to ?? undefined);
    return done({ ARN: secret.arn, Name: secret.name });
  }
}

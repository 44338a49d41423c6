import * as z from 'zod';
import { arnOf } from '../aws.ts';
import type { StackReader } from './reader.ts';

const flag = z.boolean().default(false);

const generateSchema = z
  .strictObject({
    SecretStringTemplate: z.string().optional(),
    GenerateStringKey: z.string().optional(),
    PasswordLength: z.coerce.number().int().min(4).max(4096).default(32),
    ExcludeCharacters: z.string().default(''),
    ExcludeLowercase: flag,
    ExcludeUppercase: flag,
    ExcludeNumbers: flag,
    ExcludePunctuation: flag,
    IncludeSpace: flag,
    RequireEachIncludedType: z.boolean().default(true),
  })
  .refine(
    ({ SecretStringTemplate: template, GenerateStringKey: key }) =>
      (template === undefined) === (key === undefined),
    'SecretStringTemplate and GenerateStringKey go together',
  );

export type GenerateSecret = z.infer<typeof generateSchema>;

export interface SecretSpec {
  id: string;
  name: string;
  arn: string;
  description: string;
  /** Its first value. With neither, the secret has no value until somebody sets one. */
  text?: string;
  generate?: GenerateSecret;
}

const secretSchema = z.object({
  Description: z.string().default(''),
  SecretString: z.string().optional(),
  GenerateSecretString: generateSchema.optional(),
});

export function readSecrets(stack: StackReader): SecretSpec[] {
  return stack
    .read('AWS::SecretsManager::Secret', secretSchema, ['ReplicaRegions'])
    .map(({ id, name, props }) => ({
      ...{ id, name, arn: arnOf.secret(name), description: props.Description },
      ...(props.SecretString === undefined ? {} : { text: props.SecretString }),
      ...(props.GenerateSecretString ? { generate: props.GenerateSecretString } : {}),
    }));
}

import * as z from 'zod';
import { arnOf } from '../aws.ts';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

/** An external JSON API to which rules post events. */
export interface ApiDestinationSpec {
  id: string;
  name: string;
  arn: string;
  url: string;
  method: string;
  header: { name: string; value: string };
}

const connectionSchema = z.object({
  AuthorizationType: z.literal('API_KEY', 'the local run plays connections with an API key only'),
  AuthParameters: z.object({
    ApiKeyAuthParameters: z.object({ ApiKeyName: z.string(), ApiKeyValue: z.string() }),
  }),
});

const destinationSchema = z.object({
  ConnectionArn: z.string(),
  HttpMethod: z.enum(['POST', 'PUT', 'PATCH']),
  InvocationEndpoint: z
    .url({ protocol: /^https$/, error: 'AWS calls https addresses only' })
    .refine((url) => !url.includes('*'), 'the local run does not play path parameters'),
});

/** CloudFormation reads it from the secret on each deploy. The values of an account's own secrets are not known here. */
const keyOf = (value: string): string => (value.startsWith('{{resolve:secretsmanager:') ? 'local' : value);

export function readApiDestinations(stack: StackReader): ApiDestinationSpec[] {
  const connections = new Map(
    stack
      .read('AWS::Events::Connection', connectionSchema)
      .map(({ name, props }) => [arnOf.connection(name), props.AuthParameters.ApiKeyAuthParameters]),
  );
  return stack.read('AWS::Events::ApiDestination', destinationSchema).map(({ id, name, props }) => {
    const key = connections.get(props.ConnectionArn);
    if (!key) throw new Problem(`${id}: no connection of this stack is ${props.ConnectionArn}`);
    return {
      ...{ id, name, arn: arnOf.apiDestination(name) },
      ...{ url: props.InvocationEndpoint, method: props.HttpMethod },
      header: { name: key.ApiKeyName, value: keyOf(key.ApiKeyValue) },
    };
  });
}

import * as z from 'zod';
import { nameInArn } from '../aws.ts';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

export interface RouteSpec {
  apiId: string;
  key: string;
  functionName: string;
}

const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE', 'the local run has no authorizers').default('NONE'),
});

const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'only a function can answer here'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 is played'),
});

const apiSchema = z.object({ ProtocolType: z.literal('HTTP', 'only HTTP APIs are played') });
const stageSchema = z.object({ StageName: z.literal('$default', 'only the stage $default is played') });

export function readRoutes(stack: StackReader): RouteSpec[] {
  const apis = stack.read('AWS::ApiGatewayV2::Api', apiSchema, ['Body', 'CorsConfiguration']);
  if (apis.length > 1) throw new Problem('the local run serves one HTTP API; the stack has more');
  stack.read('AWS::ApiGatewayV2::Stage', stageSchema);
  const integrations = stack.read('AWS::ApiGatewayV2::Integration', integrationSchema, [
    'RequestParameters',
    'ResponseParameters',
  ]);
  return stack.read('AWS::ApiGatewayV2::Route', routeSchema).map(({ id, props }) => {
    const integration = integrations.find(({ name }) => props.Target === `integrations/${name}`);
    if (!integration) throw new Problem(`${id}: no integration of this stack is ${props.Target}`);
    const uri = integration.props.IntegrationUri;
    return { apiId: props.ApiId, key: props.RouteKey, functionName: nameInArn(uri) };
  });
}

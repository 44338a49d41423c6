import * as z from 'zod';
import { nameInArn } from '../aws.ts';
import { Problem } from '../problem.ts';
import { apiAddresses } from './addresses.ts';
import type { StackReader } from './reader.ts';

export interface Throttle {
  /** The sustained requests per second. */
  rate: number;
  /** The most requests at once. */
  burst: number;
}

export interface RouteSpec {
  apiId: string;
  key: string;
  functionName: string;
  throttle?: Throttle;
}

export interface ApiSpec {
  id: string;
  /** The path below the desk's origin, empty for the first API. */
  path: string;
  routes: RouteSpec[];
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

const settingsSchema = z.strictObject({
  ThrottlingRateLimit: z.coerce.number().positive().optional(),
  ThrottlingBurstLimit: z.coerce.number().int().positive().optional(),
  DetailedMetricsEnabled: z.unknown().optional(),
});

const apiSchema = z.object({ ProtocolType: z.literal('HTTP', 'only HTTP APIs are played') });
const stageSchema = z.object({
  ApiId: z.string(),
  StageName: z.literal('$default', 'only the stage $default is played'),
  DefaultRouteSettings: settingsSchema.optional(),
  RouteSettings: z.record(z.string(), settingsSchema).default({}),
});

type Stage = z.infer<typeof stageSchema>;

function throttleOf(stage: Stage | undefined, routeKey: string): Throttle | undefined {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = {
    ...stage?.DefaultRouteSettings,
    ...stage?.RouteSettings[routeKey],
  };
  return rate === undefined || burst === undefined ? undefined : { rate, burst };
}

export function readApis(stack: StackReader): ApiSpec[] {
  const apis = stack.read('AWS::ApiGatewayV2::Api', apiSchema, ['Body', 'CorsConfiguration']);
  const stages = stack.read('AWS::ApiGatewayV2::Stage', stageSchema).map(({ props }) => props);
  const routes = readRoutes(stack, stages);
  return apiAddresses(apis).map(({ id, name, path }) => ({
    ...{ id, path },
    routes: routes.filter(({ apiId }) => apiId === name),
  }));
}

function readRoutes(stack: StackReader, stages: Stage[]): RouteSpec[] {
  const integrations = stack.read('AWS::ApiGatewayV2::Integration', integrationSchema, [
    'RequestParameters',
    'ResponseParameters',
  ]);
  return stack.read('AWS::ApiGatewayV2::Route', routeSchema).map(({ id, props }) => {
    const integration = integrations.find(({ name }) => props.Target === `integrations/${name}`);
    if (!integration) throw new Problem(`${id}: no integration of this stack is ${props.Target}`);
    const stage = stages.find(({ ApiId }) => ApiId === props.ApiId);
    const throttle = throttleOf(stage, props.RouteKey);
    return {
      apiId: props.ApiId,
      key: props.RouteKey,
      functionName: nameInArn(integration.props.IntegrationUri),
      ...(throttle ? { throttle } : {}),
    };
  });
}

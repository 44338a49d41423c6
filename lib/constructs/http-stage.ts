import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type HttpApi,
  HttpStage,
  LogGroupLogDestination,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LOG_RETENTION } from './handoff-function.ts';

/** The access log has the route but never the path, the query or a body: these contain secrets and customer data. */
const accessLog = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
};

export interface StageProps {
  readonly api: HttpApi;
  /** Below /aws/vendedlogs/ CloudWatch needs no resource policy for each log; an account can have only a few of these. */
  readonly log: string;
  readonly throttle: ThrottleSettings;
}

/** The only stage of an HTTP API, at its root. */
export const onlyStage = (scope: Construct, { api, log, throttle }: StageProps): HttpStage =>
  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(
        new LogGroup(scope, 'AccessLog', {
          logGroupName: log,
          retention: LOG_RETENTION,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      ),
      format: AccessLogFormat.custom(JSON.stringify(accessLog)),
    },
  });

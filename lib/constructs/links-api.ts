import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HostSettings, LinkSettings } from '../group-settings.ts';
import { LOG_RETENTION } from './handoff-function.ts';

/** The only routes: a task's link, a personal link, and a customer's email preferences. */
const routes = ['/t/{proxy+}', '/me/{proxy+}', '/u/{proxy+}'];

/** The access log has the route but never the path, because the path contains the secret. */
const accessLog = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
};

export interface LinksApiProps {
  readonly groupName: string;
  readonly links: LinkSettings | undefined;
}

/** The web pages behind the links in emails: one HTTP API, in front of one function. */
export class LinksApi extends Construct {
  readonly api: HttpApi;
  /** The origin that links are built on, configured or the API's own. Never read from a request. */
  readonly origin: string;
  /** Where the configured host name has to point to, when the API answers under it. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { groupName, links }: LinksApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Pages', {
      createDefaultStage: false,
      // The generated address stays active for links sent before the group had its own domain.
      disableExecuteApiEndpoint: false,
      description: 'The pages behind the links in handoff emails',
    });
    const stage = this.addStage(groupName);
    this.origin = links?.origin ?? this.api.apiEndpoint;
    const current = hostOf(links);
    const domains = [...(current ? [current] : []), ...(links?.alsoAnswers ?? [])].map((host) =>
      this.answerUnder(host, stage),
    );
    this.domainTarget = current && domains[0]?.regionalDomainName;
  }

  answerWith(handler: IFunction): void {
    const integration = new HttpLambdaIntegration('AnswerTask', handler);
    for (const path of routes) {
      for (const route of this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration })) {
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'The link is the authorization: 256 random bits for one person and one task, kept only as a hash, checked by the function on every request. Staff have no account to log in to, and a customer must be able to unsubscribe without one (RFC 8058).',
        });
      }
    }
  }

  private addStage(groupName: string): HttpStage {
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // Far above what a group's staff can click, and low enough to limit cost and table throttling under abuse.
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            // Under this prefix, CloudWatch writes no resource policy for each log, of which an account has few.
            logGroupName: `/aws/vendedlogs/handoff-${groupName}/links`,
            retention: LOG_RETENTION,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  /** Its id is the host: a host that becomes a former one, or the current one again, stays the same resource. */
  private answerUnder({ host, certificateArn }: HostSettings, stage: HttpStage): DomainName {
    const certificate = Certificate.fromCertificateArn(this, `Certificate-${host}`, certificateArn);
    const domainName = new DomainName(this, `Domain-${host}`, { domainName: host, certificate });
    new ApiMapping(this, `Mapping-${host}`, { api: this.api, domainName, stage });
    return domainName;
  }
}

function hostOf(links: LinkSettings | undefined): HostSettings | undefined {
  if (links?.origin === undefined || links.certificateArn === undefined) return undefined;
  return { host: new URL(links.origin).hostname, certificateArn: links.certificateArn };
}

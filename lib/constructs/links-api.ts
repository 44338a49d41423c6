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
import { LOG_RETENTION } from './handoff-function.ts';

/** A task's link, a person's own link, and a customer's choice of emails: the only three doors. */
const routes = ['/t/{proxy+}', '/me/{proxy+}', '/u/{proxy+}'];

/** What an access log may say: the path is the secret, so it says the route and never the path. */
const accessLog = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
};

export interface LinksApiProps {
  readonly links: { readonly origin: string; readonly certificateArn?: string | undefined } | undefined;
}

/** The web pages behind the links in emails: one HTTP API, in front of one function. */
export class LinksApi extends Construct {
  readonly api: HttpApi;
  /** The origin that links are built on, configured or the API's own. Never read from a request. */
  readonly origin: string;
  /** Where the configured host name has to point to, when the API answers under it. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { links }: LinksApiProps) {
    super(scope, id);
    const ownDomain = links?.certificateArn !== undefined;
    this.api = new HttpApi(this, 'Pages', {
      createDefaultStage: false,
      // With a domain of the group's own, the generated address would be a second door to the same pages.
      disableExecuteApiEndpoint: ownDomain,
      description: 'The pages behind the links in handoff emails',
    });
    const stage = this.addStage();
    this.origin = links?.origin ?? this.api.apiEndpoint;
    this.domainTarget = links?.certificateArn
      ? this.answerUnder(new URL(links.origin).hostname, links.certificateArn, stage)
      : undefined;
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

  private addStage(): HttpStage {
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // Far above what a group's staff can click, far below what would cost money or lock the table's partitions.
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.DESTROY }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  private answerUnder(host: string, certificateArn: string, stage: HttpStage): string {
    const domainName = new DomainName(this, 'Domain', {
      domainName: host,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName, stage });
    return domainName.regionalDomainName;
  }
}

import { Validations } from 'aws-cdk-lib';
import { ApiMapping, DomainName, HttpApi, HttpMethod, type HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { HostSettings, LinkSettings } from '../group-settings.ts';
import { onlyStage } from './http-stage.ts';

/**
 * Which function answers which paths; no other paths exist. These are a task's link, a personal link, and a
 * customer's email preferences.
 */
const routesOf = {
  AnswerTask: ['/t/{proxy+}', '/me/{proxy+}', '/u/{proxy+}'],
  /** The numbers of a store. */
  ShowNumbers: ['/s/{proxy+}'],
} as const;

export interface LinksApiProps {
  readonly groupName: string;
  readonly links: LinkSettings | undefined;
}

/** The web pages behind the links in emails: one HTTP API, with a function for each path. */
export class LinksApi extends Construct {
  readonly api: HttpApi;
  /** The origin that links are built on, configured or the API's own. Never read from a request. */
  readonly origin: string;
  /** The DNS target for the configured host name, if the API answers under one. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { groupName, links }: LinksApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Pages', {
      createDefaultStage: false,
      // The generated address stays active for links sent before the group had its own domain.
      disableExecuteApiEndpoint: false,
      description: 'The pages behind the links in handoff emails',
    });
    // Far above what a group's staff can click, and low enough to limit cost and table throttling under abuse.
    const throttle = { rateLimit: 50, burstLimit: 100 };
    const log = `/aws/vendedlogs/handoff-${groupName}/links`;
    const stage = onlyStage(this, { api: this.api, log, throttle });
    this.origin = links?.origin ?? this.api.apiEndpoint;
    const current = hostOf(links);
    const domains = [...(current ? [current] : []), ...(links?.alsoAnswers ?? [])].map((host) =>
      this.answerUnder(host, stage),
    );
    this.domainTarget = current && domains[0]?.regionalDomainName;
  }

  answerWith(who: keyof typeof routesOf, handler: IFunction): void {
    const integration = new HttpLambdaIntegration(who, handler);
    for (const path of routesOf[who]) {
      for (const route of this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration })) {
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'The link is the authorization: 256 random bits for one person and one task, kept only as a hash, checked by the function on every request. Staff have no account to log in to, and a customer must be able to unsubscribe without one (RFC 8058).',
        });
      }
    }
  }

  /**
   * The construct's id is the host, so that a host stays the same resource when it becomes a former one, or the
   * current one again.
   */
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

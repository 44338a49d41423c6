import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { SenderSettings } from '../group-settings.ts';
import type { HandoffFunction } from './handoff-function.ts';

export interface MailProps {
  readonly groupName: string;
  readonly sender: SenderSettings;
  /** SES publishes its events to the account's default bus and to no other. */
  readonly defaultBus: IEventBus;
}

/** The group's SES identity, and the SES events about its emails. */
export class Mail extends Construct {
  readonly configurationSetName: string;
  /** The DNS records required for the sender's domain, as outputs. */
  readonly dnsRecords: Readonly<Record<string, string>>;
  private readonly fromAddress: string;
  private readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, props: MailProps) {
    super(scope, id);
    this.fromAddress = props.sender.fromAddress;
    this.configurationSetName = `handoff-${props.groupName}`;
    this.configurationSet = new ConfigurationSet(this, 'Sending', {
      configurationSetName: this.configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.dnsRecords = {
      ...(props.sender.identity === 'existing'
        ? {}
        : recordsOf(this, createIdentity(this, props.sender), props.sender)),
      DmarcRecord: dmarcRecord(props.sender),
    };
    this.reportTo(props.defaultBus);
  }

  /** Our configuration set's events on the default bus, which carries those of every other application too. */
  get eventPattern() {
    return {
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSetName] } } },
    };
  }

  grantSending(grantee: HandoffFunction): void {
    Grant.addToPrincipal({
      grantee,
      // SES may require the second action for a call of the first: an email with attachments is sent as a raw
      // message.
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      // In the sandbox, SES also requires permission for the recipient's identity, so the grant is limited by the
      // from-address.
      resourceArns: [this.arnOf('identity', '*'), this.arnOf('configuration-set', this.configurationSetName)],
      conditions: { StringEquals: { 'ses:FromAddress': this.fromAddress } },
    });
    acknowledgeAnyIdentity(grantee);
  }

  private arnOf(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }

  private reportTo(bus: IEventBus): void {
    new ConfigurationSetEventDestination(this, 'Reports', {
      configurationSet: this.configurationSet,
      destination: EventDestination.eventBus(bus),
      // Opens and clicks are left out: tracking them rewrites the email, and scanners open and click everything.
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
  }
}

/**
 * Retained when the stack is deleted: other senders may use the domain, and the next stack can reuse it as `existing`.
 */
function createIdentity(scope: Construct, { domain, mailFrom }: SenderSettings): EmailIdentity {
  const identity = new EmailIdentity(scope, 'Sender', {
    identity: Identity.domain(domain),
    dkimSigning: true,
    // Bounces and complaints reach us as events; nobody would read a copy in the sender's mailbox.
    feedbackForwarding: false,
    ...(mailFrom !== undefined && { mailFromDomain: mailFrom }),
  });
  identity.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return identity;
}

function recordsOf(
  scope: Construct,
  identity: EmailIdentity,
  { mailFrom }: SenderSettings,
): Record<string, string> {
  const dkim = identity.dkimRecords.map(({ name, value }, at) => [
    `DkimRecord${at + 1}`,
    `${name} CNAME ${value}`,
  ]);
  if (mailFrom === undefined) return Object.fromEntries(dkim);
  return {
    ...Object.fromEntries(dkim),
    MailFromMxRecord: `${mailFrom} MX 10 feedback-smtp.${Stack.of(scope).region}.amazonses.com`,
    MailFromSpfRecord: `${mailFrom} TXT "v=spf1 include:amazonses.com ~all"`,
  };
}

function dmarcRecord({ domain, dmarc }: SenderSettings): string {
  const reports = dmarc?.reportsTo === undefined ? '' : `; rua=mailto:${dmarc.reportsTo}`;
  return `_dmarc.${domain} TXT "v=DMARC1; p=${dmarc?.policy ?? 'none'}${reports}"`;
}

function acknowledgeAnyIdentity({ ownRole }: HandoffFunction): void {
  Validations.of(ownRole).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
    reason:
      "In its sandbox, SES authorizes a call on the recipient's identity too, and recipients are not known here. The condition on ses:FromAddress limits the grant to the group's own sender.",
  });
}

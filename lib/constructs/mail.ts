import { Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
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

export interface MailProps {
  readonly groupName: string;
  readonly sender: { readonly domain: string; readonly fromAddress: string };
  /** SES publishes its events to the account's default bus and to no other. */
  readonly defaultBus: IEventBus;
}

/** The identity that the group's email comes from, and what SES is told to report about it. */
export class Mail extends Construct {
  private readonly identity: EmailIdentity;
  readonly configurationSetName: string;
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
    this.identity = new EmailIdentity(this, 'Sender', {
      identity: Identity.domain(props.sender.domain),
      dkimSigning: true,
      // Bounces and complaints reach us as events; a copy to the sender's mailbox would be read by nobody.
      feedbackForwarding: false,
      configurationSet: this.configurationSet,
    });
    this.reportTo(props.defaultBus);
  }

  /** Our configuration set's events on the default bus, which carries those of every other application too. */
  get eventPattern() {
    return {
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSetName] } } },
    };
  }

  /** What has to stand in the domain's DNS before SES signs for it, as outputs. */
  get dkimRecords(): Record<string, string> {
    return Object.fromEntries(
      this.identity.dkimRecords.map(({ name, value }, at) => [
        `DkimRecord${at + 1}`,
        `${name} CNAME ${value}`,
      ]),
    );
  }

  grantSending(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      // SES may ask for the second in a call of the first: with attachments it is a raw message that is sent.
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resourceArns: [this.identity.emailIdentityArn, this.configurationSetArn],
      conditions: { StringEquals: { 'ses:FromAddress': this.fromAddress } },
    });
  }

  private get configurationSetArn(): string {
    return Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
  }

  private reportTo(bus: IEventBus): void {
    new ConfigurationSetEventDestination(this, 'Reports', {
      configurationSet: this.configurationSet,
      destination: EventDestination.eventBus(bus),
      // No open and no click: both rewrite what the customer receives, and a scanner opens and clicks everything.
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

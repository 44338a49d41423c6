import { account, arnOf } from '../aws.ts';
import { isoInstant } from '../clock.ts';
import type { MailSpec } from '../stack/mail.ts';
import type { PublishWork } from '../work.ts';
import { bareAddress, simulated } from './address.ts';
import type { Email } from './inbox.ts';

const detailTypes: Record<string, string> = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
  DeliveryDelay: 'Email Delivery Delayed',
};

/** An event that SES sends about an email, and the delay after acceptance. */
interface Happening {
  type: keyof typeof detailTypes;
  afterMs: number;
  /** The name and content of the part of `detail` for the event type. */
  part: [string, (at: string) => object];
}

const deliveryMs = 1000;
const bounceMs = 2000;
const complaintMs = 60_000;
const reportingMTA = 'a8-30.smtp-out.amazonses.com';

const delivered = (recipients: string[]): Happening => ({
  type: 'Delivery',
  afterMs: deliveryMs,
  part: [
    'delivery',
    (timestamp) => ({
      timestamp,
      processingTimeMillis: deliveryMs,
      recipients,
      smtpResponse: '250 2.6.0 Message received',
      remoteMtaIp: '127.0.0.1',
      reportingMTA,
    }),
  ],
});

const hardBounce = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
const suppressedBounce = {
  action: 'failed',
  status: '5.1.1',
  diagnosticCode: 'Amazon SES did not send the message to this address because it is on the suppression list',
};

const bounced = (addresses: string[], bounceSubType: string, how: object, feedbackId: string): Happening => ({
  type: 'Bounce',
  afterMs: bounceMs,
  part: [
    'bounce',
    (timestamp) => ({
      bounceType: 'Permanent',
      bounceSubType,
      bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress, ...how })),
      timestamp,
      feedbackId,
      reportingMTA: `dns; ${reportingMTA}`,
    }),
  ],
});

const complained = (addresses: string[], feedbackId: string): Happening => ({
  type: 'Complaint',
  afterMs: complaintMs,
  part: [
    'complaint',
    (timestamp) => ({
      complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
      timestamp,
      feedbackId,
      complaintSubType: null,
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: 'abuse',
      arrivalDate: timestamp,
    }),
  ],
});

/** The events for all recipients, according to the simulator's addresses and the suppression list. */
function happenings(email: Email, isSuppressed: (address: string) => boolean): Happening[] {
  const all = [...email.to, ...email.cc, ...email.bcc];
  const fate = (address: string): string => {
    if (isSuppressed(address)) return 'on the list';
    return simulated(address) ?? 'success';
  };
  const withFate = (...fates: string[]) => all.filter((address) => fates.includes(fate(address)));
  const feedbackId = `${email.id}-feedback`;
  const bounces = withFate('bounce');
  const listed = withFate('suppressionlist');
  const ownList = withFate('on the list');
  const complaints = withFate('complaint');
  const arrived = all.filter((address) => ![...bounces, ...listed, ...ownList].includes(address));
  return [
    { type: 'Send', afterMs: 0, part: ['send', () => ({})] },
    ...(arrived.length > 0 ? [delivered(arrived)] : []),
    ...(bounces.length > 0 ? [bounced(bounces, 'General', hardBounce, feedbackId)] : []),
    ...(listed.length > 0 ? [bounced(listed, 'Suppressed', suppressedBounce, feedbackId)] : []),
    ...(ownList.length > 0
      ? [bounced(ownList, 'OnAccountSuppressionList', suppressedBounce, feedbackId)]
      : []),
    ...(complaints.length > 0 ? [complained(complaints, feedbackId)] : []),
  ];
}

function mailPart(email: Email, at: number): object {
  const from = bareAddress(email.from);
  const common: [string, string][] = [
    ['From', email.from],
    ['To', email.to.join(', ')],
    ...(email.cc.length > 0 ? [['Cc', email.cc.join(', ')] satisfies [string, string]] : []),
    ...(email.replyTo.length > 0 ? [['Reply-To', email.replyTo.join(', ')] satisfies [string, string]] : []),
    ['Subject', email.subject],
    ['MIME-Version', '1.0'],
  ];
  const own = email.headers.map(({ name, value }): [string, string] => [name, value]);
  return {
    timestamp: isoInstant(at),
    source: email.from,
    sourceArn: arnOf.identity(from.split('@')[1] ?? from),
    sendingAccountId: account,
    messageId: email.id,
    destination: [...email.to, ...email.cc, ...email.bcc],
    headersTruncated: false,
    headers: [...common, ...own].map(([name, value]) => ({ name, value })),
    commonHeaders: {
      from: [email.from],
      to: email.to,
      ...(email.cc.length > 0 ? { cc: email.cc } : {}),
      ...(email.replyTo.length > 0 ? { replyTo: email.replyTo } : {}),
      messageId: email.id,
      subject: email.subject,
    },
    tags: tagsOf(email, from),
  };
}

function tagsOf(email: Email, from: string): Record<string, string[]> {
  return {
    'ses:operation': ['SendEmail'],
    'ses:source-ip': ['127.0.0.1'],
    'ses:from-domain': [from.split('@')[1] ?? ''],
    'ses:caller-identity': ['local'],
    ...(email.configurationSet ? { 'ses:configuration-set': [email.configurationSet] } : {}),
    ...Object.fromEntries(Object.entries(email.tags).map(([name, value]) => [name, [value]])),
  };
}

/** The events that reach the default bus: those that the email's configuration set selects. */
export function mailEvents(
  email: Email,
  at: number,
  mail: MailSpec,
  isSuppressed: (address: string) => boolean,
): { due: number; work: PublishWork }[] {
  const set = mail.configurationSets.find(({ name }) => name === email.configurationSet);
  if (!set) return [];
  return happenings(email, isSuppressed)
    .filter(({ type }) => set.events.includes(type))
    .map(({ type, afterMs, part: [name, part] }) => ({
      due: at + afterMs,
      work: {
        kind: 'publish',
        source: 'aws.ses',
        detailType: detailTypes[type] ?? type,
        resources: [arnOf.configurationSet(set.name)],
        detail: { eventType: type, mail: mailPart(email, at), [name]: part(isoInstant(at + afterMs)) },
      },
    }));
}

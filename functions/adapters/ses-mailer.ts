import {
  BadRequestException,
  MessageRejected,
  type SESv2Client,
  SESv2ServiceException,
  SendEmailCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import type { SendResult } from '../domain/outbox.ts';
import type { Mailer, OutgoingEmail } from '../domain/ports.ts';

/** SES said no to this email, and will say so again: nothing was accepted. */
const never = [MessageRejected, BadRequestException];

export class SesMailer implements Mailer {
  readonly #client: Pick<SESv2Client, 'send'>;
  readonly #fromAddress: string;
  readonly #configurationSet: string;

  /** The client must make one attempt (`maxAttempts: 1`): a second one of its own could send twice. */
  constructor(client: Pick<SESv2Client, 'send'>, fromAddress: string, configurationSet: string) {
    this.#client = client;
    this.#fromAddress = fromAddress;
    this.#configurationSet = configurationSet;
  }

  async send(email: OutgoingEmail): Promise<SendResult> {
    try {
      const { MessageId } = await this.#client.send(this.#command(email));
      return { result: 'sent', ...(MessageId === undefined ? {} : { messageId: MessageId }) };
    } catch (error) {
      return whatItMeans(error);
    }
  }

  #command(email: OutgoingEmail) {
    return new SendEmailCommand({
      FromEmailAddress: `${quoted(email.fromName)} <${this.#fromAddress}>`,
      Destination: { ToAddresses: [email.to] },
      ...(email.replyTo ? { ReplyToAddresses: [email.replyTo] } : {}),
      ConfigurationSetName: this.#configurationSet,
      EmailTags: [
        { Name: 'task', Value: email.tags.task },
        { Name: 'entry', Value: email.tags.entry },
      ],
      Content: {
        Simple: {
          Subject: { Data: email.subject, Charset: 'UTF-8' },
          Body: {
            Html: { Data: email.html, Charset: 'UTF-8' },
            Text: { Data: email.text, Charset: 'UTF-8' },
          },
          Headers: Object.entries(email.headers).map(([Name, Value]) => ({ Name, Value })),
          ...(email.attachments.length > 0 ? { Attachments: email.attachments.map(attachment) } : {}),
        },
      },
    });
  }
}

const attachment = (one: OutgoingEmail['attachments'][number]) => ({
  FileName: one.fileName,
  ContentType: one.contentType,
  ContentDisposition: 'ATTACHMENT' as const,
  RawContent: new TextEncoder().encode(one.content),
});

/** A display name as RFC 5322 wants it: quoted where it is plain, an encoded word where it is not. */
function quoted(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  return `=?UTF-8?B?${Buffer.from(name, 'utf8').toString('base64')}?=`;
}

function whatItMeans(error: unknown): SendResult {
  const reason = error instanceof Error ? error.name : 'no answer';
  if (error instanceof TooManyRequestsException) return { result: 'not-accepted', reason, tooFast: true };
  if (never.some((type) => error instanceof type)) return { result: 'refused', reason };
  // Any other clear no is about us, and may be mended: a quota, a paused account, a missing permission.
  if (error instanceof SESv2ServiceException && error.$fault === 'client')
    return { result: 'not-accepted', reason };
  // A timeout, a broken connection, a 5xx: SES may have taken it.
  return { result: 'unknown', reason };
}

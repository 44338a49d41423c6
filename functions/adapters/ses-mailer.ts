import {
  BadRequestException,
  MessageRejected,
  type SESv2Client,
  SESv2ServiceException,
  SendEmailCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import type { SendResult } from '../handoff/outbox.ts';
import type { Mailer, OutgoingEmail } from '../ports.ts';

/** Permanent refusals: SES accepted nothing and a retry will not help. */
const never = [MessageRejected, BadRequestException];

export class SesMailer implements Mailer {
  readonly #client: Pick<SESv2Client, 'send'>;
  readonly #fromAddress: string;
  readonly #configurationSet: string;

  /** The client must make one attempt (`maxAttempts: 1`): an SDK retry could send twice. */
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
      return resultOf(error, this.#fromAddress);
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
            ...(email.html === undefined ? {} : { Html: { Data: email.html, Charset: 'UTF-8' } }),
            Text: { Data: email.text, Charset: 'UTF-8' },
          },
          Headers: Object.entries(email.headers).map(([Name, Value]) => ({ Name, Value })),
          ...(email.attachments.length > 0 ? { Attachments: email.attachments.map(attachment) } : {}),
        },
      },
    });
  }
}

const attachment = (file: OutgoingEmail['attachments'][number]) => ({
  FileName: file.fileName,
  ContentType: file.contentType,
  ContentDisposition: 'ATTACHMENT' as const,
  // The default is SEVEN_BIT, which fails on accents in a name or a summary.
  ContentTransferEncoding: 'BASE64' as const,
  RawContent: new TextEncoder().encode(file.content),
});

/** A display name per RFC 5322: quoted if it is ASCII, otherwise as encoded words. */
function quoted(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  return encodedWords(name).join(' ');
}

/**
 * RFC 2047: at most 75 characters a word, 12 of them for `=?UTF-8?B?` and `?=`; base64 turns 3 bytes into 4 characters.
 */
const BYTES_OF_A_WORD = Math.floor((75 - 12) / 4) * 3;

/**
 * Never splits a character: each encoded word must decode by itself. Mail programs do not show the white space
 * between words.
 */
function encodedWords(text: string): string[] {
  const words = [''];
  for (const character of text) {
    const longer = `${words.at(-1) ?? ''}${character}`;
    if (Buffer.byteLength(longer) > BYTES_OF_A_WORD) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`);
}

/**
 * The error text of SES: "Email address is not verified. The following identities failed the check in region US-EAST-1:
 * a@example.com, b@example.com". In the sandbox, recipients must be verified too.
 */
const NOT_VERIFIED = /not verified.*?failed the check(?: in region [\w-]+)?:(.*)/is;

function unverifiedIdentities(message: string): string[] | undefined {
  const [, identities] = NOT_VERIFIED.exec(message) ?? [];
  return identities?.split(',').map((identity) => identity.trim().toLowerCase());
}

/** SES names the address, its domain, or the address with its display name. */
function isIdentityOf(identity: string, address: string): boolean {
  const ours = address.toLowerCase();
  const domain = ours.slice(ours.indexOf('@') + 1);
  return identity === ours || identity === domain || identity.endsWith(`<${ours}>`);
}

function resultOf(error: unknown, fromAddress: string): SendResult {
  const name = error instanceof Error ? error.name : 'no answer';
  const unverified = error instanceof MessageRejected ? unverifiedIdentities(error.message) : undefined;
  if (unverified?.some((identity) => isIdentityOf(identity, fromAddress))) {
    return { result: 'not-accepted', reason: { code: 'sender-not-verified' }, because: 'sender' };
  }
  if (unverified) {
    return { result: 'not-accepted', reason: { code: 'recipient-not-verified' }, because: 'recipient' };
  }
  const notAccepted = { result: 'not-accepted', reason: { code: 'not-accepted', error: name } } as const;
  if (error instanceof TooManyRequestsException) return { ...notAccepted, tooFast: true };
  if (never.some((type) => error instanceof type)) {
    return { result: 'refused', reason: { code: 'refused', error: name } };
  }
  // Any other client error concerns our account and can be fixed: a quota, a paused account, a missing permission.
  if (error instanceof SESv2ServiceException && error.$fault === 'client') return notAccepted;
  // A timeout, a broken connection, a 5xx: SES may have accepted it.
  return { result: 'unknown', reason: { code: 'no-answer', error: name } };
}

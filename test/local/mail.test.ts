import {
  type AttachmentContentTransferEncoding,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Fixture, startFixture } from './support.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(() => fixture.stop());

const simple = {
  Subject: { Data: "Welcome, O'Brien <b>" },
  Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
};

const email = (change: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: '=?utf-8?B?Tmd1eeG7hW4=?= <hello@demo.example>',
  Destination: { ToAddresses: ['maria@example.com'] },
  ReplyToAddresses: ['advisor@demo.example'],
  Content: { Simple: simple },
  ConfigurationSetName: 'fixture-mail',
  EmailTags: [{ Name: 'entry', Value: 'e-1' }],
  ...change,
});

const send = (change: Partial<SendEmailCommandInput> = {}) =>
  fixture.ses.send(new SendEmailCommand(email(change)));
const content = (change: object) => ({ Content: { Simple: { ...simple, ...change } } });
const advance = (duration: string) => fixture.post('/clock', { advance: duration });
const many = (count: number) => Array.from({ length: count }, (_none, at) => `p${at}@example.com`);

describe('an email that SES takes', () => {
  it('lies in the inbox with all its parts', async () => {
    const Attachments = [
      { FileName: 'card.vcf', ContentType: 'text/vcard', RawContent: Buffer.from('BEGIN:VCARD') },
    ];
    const Headers = [{ Name: 'List-Unsubscribe', Value: '<https://demo.example/u>' }];
    const { MessageId } = await send(content({ Attachments, Headers }));
    const [found] = await fixture.get('/inbox.json?to=MARIA@example.com').then((list) => [list].flat());
    expect(found).toEqual({
      id: MessageId,
      at: expect.stringMatching(/^2026-11-20T15:/),
      from: 'Nguyễn <hello@demo.example>',
      to: 'maria@example.com',
      replyTo: 'advisor@demo.example',
      subject: "Welcome, O'Brien <b>",
      text: 'text',
      html: '<p>html</p>',
      headers: { 'List-Unsubscribe': '<https://demo.example/u>' },
      attachments: [{ name: 'card.vcf', type: 'text/vcard', size: 11 }],
      tags: { entry: 'e-1' },
    });
    expect(await fixture.get('/inbox.json?to=other@example.com')).toEqual([]);
  });

  it('shows a name in a character set that nobody knows as it is', async () => {
    const to = 'charset@example.com';
    const FromEmailAddress = '=?x-none?B?QQ==?= <hello@demo.example>';
    await send({ FromEmailAddress, Destination: { ToAddresses: [to] } });
    expect(fixture.run.desk.inbox.list(to).map(({ from }) => from)).toEqual([FromEmailAddress]);
  });

  it.each([
    ['maria@example.com', ['Email Sent', 'Email Delivered']],
    ['bounce@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['bounce+7@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['suppressionlist@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['complaint@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Complaint Received']],
  ])('to %s tells the default bus %j', async (to, expected) => {
    const { MessageId } = await send({ Destination: { ToAddresses: [to] } });
    await advance('PT2M');
    const told = fixture.run.desk.events
      .latest(20, true)
      .filter(({ event }) => JSON.stringify(event.detail['mail']).includes(MessageId ?? '-'))
      .reverse();
    expect(told.map(({ event }) => event['detail-type'])).toEqual(expected);
    expect(told.at(-1)).toMatchObject({
      bus: 'default',
      event: {
        source: 'aws.ses',
        detail: {
          mail: {
            messageId: MessageId,
            destination: [to],
            tags: { entry: ['e-1'], 'ses:configuration-set': ['fixture-mail'] },
          },
        },
      },
      deliveries: [{ state: 'done' }],
    });
  });
});

describe('an email that SES refuses', () => {
  const notAscii = [{ Name: 'X-Name', Value: 'Nguyễn' }];
  const sixteen = Array.from({ length: 16 }, (_none, at) => ({ Name: `X-${at}`, Value: 'v' }));
  it.each<[string, Partial<SendEmailCommandInput>, string]>([
    ['from an unverified address', { FromEmailAddress: 'a@other.example' }, 'MessageRejected'],
    [
      'from a name that is not encoded',
      { FromEmailAddress: 'Nguyễn <a@demo.example>' },
      'BadRequestException',
    ],
    ['with an unknown configuration set', { ConfigurationSetName: 'nope' }, 'NotFoundException'],
    ['with a bad tag', { EmailTags: [{ Name: 'a', Value: 'b c' }] }, 'BadRequestException'],
    ['with a long tag', { EmailTags: [{ Name: 'a', Value: 'b'.repeat(257) }] }, 'BadRequestException'],
    ['to 51 people', { Destination: { ToAddresses: many(51) } }, 'BadRequestException'],
    ['to nobody', { Destination: {} }, 'BadRequestException'],
    ['to no address', { Destination: { ToAddresses: ['maria'] } }, 'BadRequestException'],
    ['without a body', content({ Body: {} }), 'BadRequestException'],
    [
      'with a header that is SES’s own',
      content({ Headers: [{ Name: 'From', Value: 'a' }] }),
      'BadRequestException',
    ],
    [
      'with a header name with a space',
      content({ Headers: [{ Name: 'X A', Value: 'a' }] }),
      'BadRequestException',
    ],
    ['with a header that is not ASCII', content({ Headers: notAscii }), 'BadRequestException'],
    ['with 16 headers', content({ Headers: sixteen }), 'BadRequestException'],
    ['with raw content', { Content: { Raw: { Data: Buffer.from('x') } } }, 'BadRequestException'],
  ])('%s', async (_name, change, error) => {
    await expect(send(change)).rejects.toMatchObject({ name: error });
  });
});

describe('an attachment with bytes that are not ASCII', () => {
  const attached = (ContentTransferEncoding?: AttachmentContentTransferEncoding, text = 'FN:Nguyễn') => {
    const attachment = { FileName: 'card.vcf', ContentType: 'text/vcard', RawContent: Buffer.from(text) };
    return content({
      Attachments: [{ ...attachment, ...(ContentTransferEncoding ? { ContentTransferEncoding } : {}) }],
    });
  };

  it.each([[undefined], ['SEVEN_BIT']] as const)('is refused with the encoding %s', async (encoding) => {
    await expect(send(attached(encoding))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(/card\.vcf contains bytes that are not ASCII: .* BASE64/),
    });
  });

  it.each([['BASE64'], ['QUOTED_PRINTABLE']] as const)('is taken with the encoding %s', async (encoding) => {
    await expect(send(attached(encoding))).resolves.toMatchObject({ MessageId: expect.any(String) });
  });

  it('is no matter without such bytes', async () => {
    await expect(send(attached(undefined, 'FN:Nguyen'))).resolves.toMatchObject({
      MessageId: expect.any(String),
    });
  });
});

describe('a fault', () => {
  it.each([
    ['throttle', 'TooManyRequestsException', 429],
    ['quota', 'LimitExceededException', 400],
    ['paused', 'SendingPausedException', 400],
    ['outage', 'InternalServiceErrorException', 500],
  ])('%s answers %s, as often as it is asked to', async (ses, name, status) => {
    await fixture.post('/faults', { ses, count: 1 });
    await expect(send()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
    await expect(send()).resolves.toMatchObject({ MessageId: expect.any(String) });
  });

  it.each([
    ['timeout', 0],
    ['accept-then-timeout', 1],
  ])('%s never answers', async (ses, arrived) => {
    await fixture.post('/faults', { ses, count: 1 });
    const to = `${ses}@example.com`;
    const client = new AbortController();
    const command = new SendEmailCommand(email({ Destination: { ToAddresses: [to] } }));
    const sent = expect(fixture.ses.send(command, { abortSignal: client.signal })).rejects.toThrow();
    // The fault switches itself off once the call has come: however long that takes, no answer has.
    await vi.waitUntil(() => fixture.run.desk.faults.show().ses === 'none', { timeout: 30_000 });
    client.abort();
    await sent;
    expect(fixture.run.desk.inbox.list(to)).toHaveLength(arrived);
  });

  it('that does not exist is refused', async () => {
    expect(await fixture.post('/faults', { ses: 'flood' })).toMatchObject({ message: expect.any(String) });
  });
});

import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand,
  ListEmailIdentitiesCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from './support.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());
afterEach(async () => {
  await fixture.post('/faults', { ses: 'none' });
});

const send = (to: string, from = 'Lakeshore <hello@demo.example>') =>
  fixture.ses.send(
    new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
    }),
  );

const notVerified = (address: string): string =>
  `Email address is not verified. The following identities failed the check in region US-EAST-1: ${address}`;

describe('an identity that is not verified', () => {
  it('of our own: every email is refused with its From address', async () => {
    expect(await fixture.post('/faults', { ses: 'not-verified' })).toMatchObject({ ses: 'not-verified' });
    await expect(send('maria@example.com')).rejects.toMatchObject({
      name: 'MessageRejected',
      message: notVerified('hello@demo.example'),
    });
    await expect(send('success@simulator.amazonses.com')).rejects.toMatchObject({
      message: notVerified('hello@demo.example'),
    });
    const EmailIdentity = 'demo.example';
    expect(await fixture.ses.send(new GetEmailIdentityCommand({ EmailIdentity }))).toMatchObject({
      VerifiedForSendingStatus: false,
      VerificationStatus: 'PENDING',
      DkimAttributes: { Status: 'PENDING' },
    });
  });

  it('in the sandbox it is the recipient’s, unless SES’s own simulator or a verified one', async () => {
    await fixture.post('/faults', { ses: 'sandbox' });
    await expect(send('Maria <maria@example.com>')).rejects.toMatchObject({
      name: 'MessageRejected',
      message: notVerified('maria@example.com'),
    });
    await expect(send('success@simulator.amazonses.com')).resolves.toMatchObject({});
    await expect(send('maya@demo.example')).resolves.toMatchObject({});
    expect(await fixture.ses.send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: false,
      SendQuota: { Max24HourSend: 200, MaxSendRate: 1 },
    });
  });

  it('of a domain that the stack does not own', async () => {
    await expect(send('maria@example.com', 'a@other.example')).rejects.toMatchObject({
      message: notVerified('a@other.example'),
    });
  });
});

describe('the account as a preflight reads it', () => {
  it('is out of the sandbox, with its quota and how much of it is used', async () => {
    const before = (await fixture.ses.send(new GetAccountCommand({}))).SendQuota?.SentLast24Hours ?? 0;
    await send('maria@example.com');
    expect(await fixture.ses.send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: before + 1 },
    });
  });

  it('knows its identities, with their DKIM tokens', async () => {
    const EmailIdentity = 'demo.example';
    expect(await fixture.ses.send(new GetEmailIdentityCommand({ EmailIdentity }))).toMatchObject({
      IdentityType: 'DOMAIN',
      VerifiedForSendingStatus: true,
      DkimAttributes: {
        Status: 'SUCCESS',
        Tokens: [1, 2, 3].map(() => expect.stringMatching(/^\w{32}$/)),
      },
      MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    });
    expect((await fixture.ses.send(new ListEmailIdentitiesCommand({}))).EmailIdentities).toEqual([
      {
        IdentityName: EmailIdentity,
        IdentityType: 'DOMAIN',
        SendingEnabled: true,
        VerificationStatus: 'SUCCESS',
      },
    ]);
    const other = new GetEmailIdentityCommand({ EmailIdentity: 'other.example' });
    await expect(fixture.ses.send(other)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('knows its configuration sets', async () => {
    const ConfigurationSetName = 'fixture-mail';
    expect(await fixture.ses.send(new GetConfigurationSetCommand({ ConfigurationSetName }))).toMatchObject({
      ConfigurationSetName,
      SendingOptions: { SendingEnabled: true },
    });
    const other = new GetConfigurationSetCommand({ ConfigurationSetName: 'other' });
    await expect(fixture.ses.send(other)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('the suppression list', () => {
  const list = (change: object = {}) => fixture.ses.send(new ListSuppressedDestinationsCommand(change));
  const addressesIn = async (change: object = {}) =>
    (await list(change)).SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress);

  it('is read, changed and paged as with SES', async () => {
    expect(await addressesIn()).toEqual([]);
    for (const [EmailAddress, Reason] of [
      ['a@example.com', 'BOUNCE'],
      ['b+c@example.com', 'COMPLAINT'],
      ['d@example.com', 'BOUNCE'],
    ] as const) {
      await fixture.ses.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
    }
    expect(await addressesIn()).toEqual(['a@example.com', 'b+c@example.com', 'd@example.com']);
    expect(await addressesIn({ Reasons: ['COMPLAINT'] })).toEqual(['b+c@example.com']);
    expect(await addressesIn({ EndDate: new Date('2026-11-19') })).toEqual([]);
    const { NextToken } = await list({ PageSize: 2 });
    expect(await addressesIn({ PageSize: 2, NextToken })).toEqual(['d@example.com']);
    const EmailAddress = 'b+c@example.com';
    const get = new GetSuppressedDestinationCommand({ EmailAddress });
    expect(await fixture.ses.send(get)).toMatchObject({
      SuppressedDestination: { EmailAddress, Reason: 'COMPLAINT', LastUpdateTime: expect.any(Date) },
    });
    await fixture.ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
    await expect(fixture.ses.send(get)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

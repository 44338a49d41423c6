import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { AwsAnswer } from '../http/aws-answer.ts';
import { decodedPart } from '../http/body.ts';
import type { ConfigurationSetSpec, IdentitySpec, MailSpec } from '../stack/mail.ts';
import { notFound } from './answers.ts';
import { dkimTokens } from './dkim.ts';
import type { Inbox } from './inbox.ts';
import type { SesRequest } from './request.ts';

interface AccountParts {
  mail: MailSpec;
  inbox: Inbox;
  clock: Clock;
  faults: Faults;
}

const dayMs = 24 * 3600_000;
/** The quotas of an account that has just left the sandbox, and of one inside it. */
const quotas = {
  production: { Max24HourSend: 50_000, MaxSendRate: 14 },
  sandbox: { Max24HourSend: 200, MaxSendRate: 1 },
};

/** Handles reads of the account, its identities and its configuration sets; undefined for any other request. */
export function accountCall({ method, path }: SesRequest, parts: AccountParts): AwsAnswer | undefined {
  if (isIdentityList(method, path)) return { status: 200, body: identitiesOf(parts) };
  if (method !== 'GET') return undefined;
  if (path === '/v2/email/account') return { status: 200, body: accountOf(parts) };
  const [, kind, encoded = ''] = /^\/v2\/email\/(identities|configuration-sets)\/(.+)$/.exec(path) ?? [];
  const name = decodedPart(encoded);
  if (kind === 'identities') return identityCall(name, parts);
  if (kind === 'configuration-sets') return configurationSetCall(name, parts.mail);
  return undefined;
}

/** Newer SDKs use POST; older ones and the AWS CLI use GET. */
const isIdentityList = (method: string, path: string): boolean =>
  (method === 'POST' && path === '/v2/email/list-identities') ||
  (method === 'GET' && path === '/v2/email/identities');

function accountOf({ inbox, clock, faults }: AccountParts): object {
  const fault = faults.show().ses;
  const quota = fault === 'sandbox' ? quotas.sandbox : quotas.production;
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: fault !== 'sandbox',
    SendingEnabled: fault !== 'paused',
    SendQuota: { ...quota, SentLast24Hours: inbox.countSince(clock.now() - dayMs) },
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  };
}

const isDomain = (name: string): boolean => !name.includes('@');

/** Verified as soon as the template contains it, unless a fault is switched on. */
const isVerified = ({ faults }: AccountParts): boolean => faults.show().ses !== 'not-verified';

function identitiesOf(parts: AccountParts): object {
  const verified = isVerified(parts);
  return {
    EmailIdentities: parts.mail.identities.map(({ name }) => ({
      IdentityName: name,
      IdentityType: isDomain(name) ? 'DOMAIN' : 'EMAIL_ADDRESS',
      SendingEnabled: verified,
      VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
    })),
  };
}

function identityCall(name: string, parts: AccountParts): AwsAnswer {
  const identity = parts.mail.identities.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!identity) return notFound(`Email identity ${name} does not exist.`);
  const verified = isVerified(parts);
  const status = verified ? 'SUCCESS' : 'PENDING';
  return {
    status: 200,
    body: {
      IdentityType: isDomain(identity.name) ? 'DOMAIN' : 'EMAIL_ADDRESS',
      FeedbackForwardingStatus: identity.forwardsFeedback,
      VerifiedForSendingStatus: verified,
      VerificationStatus: status,
      DkimAttributes: {
        SigningEnabled: true,
        SigningAttributesOrigin: 'AWS_SES',
        Status: status,
        CurrentSigningKeyLength: 'RSA_2048_BIT',
        NextSigningKeyLength: 'RSA_2048_BIT',
        Tokens: dkimTokens(identity.name),
      },
      MailFromAttributes: mailFromOf(identity, status),
      Policies: {},
      Tags: [],
      ...(identity.configurationSet ? { ConfigurationSetName: identity.configurationSet } : {}),
    },
  };
}

function mailFromOf({ mailFrom }: IdentitySpec, status: string): object {
  if (!mailFrom) return { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' };
  return {
    BehaviorOnMxFailure: mailFrom.behaviorOnMxFailure,
    MailFromDomain: mailFrom.domain,
    MailFromDomainStatus: status,
  };
}

function configurationSetCall(name: string, mail: MailSpec): AwsAnswer {
  const set = mail.configurationSets.find((each) => each.name === name);
  if (!set) return notFound(`Configuration set <${name}> does not exist.`);
  return { status: 200, body: configurationSetOf(set) };
}

const configurationSetOf = ({ name, sendingEnabled, suppressedReasons }: ConfigurationSetSpec): object => ({
  ConfigurationSetName: name,
  DeliveryOptions: { TlsPolicy: 'OPTIONAL' },
  ReputationOptions: { ReputationMetricsEnabled: true },
  SendingOptions: { SendingEnabled: sendingEnabled },
  ...(suppressedReasons ? { SuppressionOptions: { SuppressedReasons: suppressedReasons } } : {}),
  Tags: [],
});

import { arnOf } from '../aws.ts';
import { decodedPart } from '../http/body.ts';
import type { Ask } from '../iam/ask.ts';
import type { MailSpec } from '../stack/mail.ts';
import { bareAddress } from './address.ts';
import { isVerified, recipientsOf } from './refuse.ts';
import { type SendEmail, type SesRequest, sendEmailSchema } from './request.ts';

const calls: [RegExp, string][] = [
  [/^GET \/v2\/email\/account$/, 'GetAccount'],
  [/^GET \/v2\/email\/identities$/, 'ListEmailIdentities'],
  [/^POST \/v2\/email\/list-identities$/, 'ListEmailIdentities'],
  [/^GET \/v2\/email\/identities\/(.+)$/, 'GetEmailIdentity'],
  [/^GET \/v2\/email\/configuration-sets\/(.+)$/, 'GetConfigurationSet'],
  [/^GET \/v2\/email\/suppression\/addresses\/.+$/, 'GetSuppressedDestination'],
  [/^DELETE \/v2\/email\/suppression\/addresses\/.+$/, 'DeleteSuppressedDestination'],
  [/^GET \/v2\/email\/suppression\/addresses\/?$/, 'ListSuppressedDestinations'],
  [/^PUT \/v2\/email\/suppression\/addresses\/?$/, 'PutSuppressedDestination'],
];

function resourceOf(action: string, name: string | undefined): string {
  if (name === undefined) return '*';
  const part = decodedPart(name);
  return action === 'GetEmailIdentity' ? arnOf.identity(part) : arnOf.configurationSet(part);
}

/** The verified identity that covers an address: the address itself, else its domain. */
function identityOf(address: string, { identities }: MailSpec): string {
  const own = identities.find(({ name }) => name.toLowerCase() === address.toLowerCase());
  return own?.name ?? address.split('@')[1] ?? address;
}

/** Sending needs permission for both the sender's identity and the configuration set. */
function sendingAsks(email: SendEmail, mail: MailSpec): Ask[] {
  const from = bareAddress(email.FromEmailAddress ?? '');
  const context = {
    'ses:FromAddress': [from],
    'ses:Recipients': recipientsOf(email).map(bareAddress),
  };
  const resources = [
    arnOf.identity(identityOf(from, mail)),
    ...(email.ConfigurationSetName ? [arnOf.configurationSet(email.ConfigurationSetName)] : []),
  ];
  return resources.map((resource) => ({ action: 'ses:SendEmail', resource, context }));
}

/** In the sandbox, SES also requires permission for the recipients' identities. */
export function sandboxAsks(email: SendEmail, mail: MailSpec): Ask[] {
  const [sending] = sendingAsks(email, mail);
  return recipientsOf(email)
    .map(bareAddress)
    .filter((recipient) => isVerified(recipient, mail))
    .map((recipient) => ({
      action: 'ses:SendEmail',
      context: sending?.context ?? {},
      resource: arnOf.identity(identityOf(recipient, mail)),
    }));
}

/** The permissions that a request to SES needs. */
export function asksOf({ method, path, body }: SesRequest, mail: MailSpec): Ask[] {
  const email = sendEmailSchema.safeParse(body);
  if (method === 'POST' && path === '/v2/email/outbound-emails') {
    return email.success ? sendingAsks(email.data, mail) : [];
  }
  for (const [pattern, action] of calls) {
    const found = pattern.exec(`${method} ${path}`);
    if (found) return [{ action: `ses:${action}`, resource: resourceOf(action, found[1]) }];
  }
  return [];
}

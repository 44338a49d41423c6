import { region } from '../aws.ts';
import type { MailFault } from '../faults.ts';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import type { ConfigurationSetSpec, MailSpec } from '../stack/mail.ts';
import { bareAddress, parseMailbox, simulated } from './address.ts';
import { bad, notFound, rejected } from './answers.ts';
import type { SendEmail, SimpleContent } from './request.ts';

const mostBytes = 40 * 1024 * 1024;
const mostRecipients = 50;
const mostHeaders = 15;
const mostTags = 50;

/** Headers that SES writes itself, or for which it has a parameter. */
const ownHeaders = new Set([
  ...['bcc', 'cc', 'content-disposition', 'content-type', 'content-transfer-encoding', 'date', 'from'],
  ...['message-id', 'mime-version', 'reply-to', 'return-path', 'sender', 'subject', 'to'],
]);

const forbiddenExtensions = new Set(
  (
    'ade adp app asp bas bat cer chm cmd com cpl crt csh der exe fxp gadget hlp hta inf ins isp its js jse ksh ' +
    'lib lnk mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml ' +
    'msh1xml msh2xml msi msp mst ops pcd pif plg prf prg reg scf scr sct shb shs sys ps1 ps1xml ps2 ps2xml ' +
    'psc1 psc2 tmp url vb vbe vbs vps vsmacros vss vst vsw vxd ws wsc wsf wsh xnk'
  ).split(' '),
);

export const recipientsOf = (email: SendEmail): string[] => [
  ...(email.Destination?.ToAddresses ?? []),
  ...(email.Destination?.CcAddresses ?? []),
  ...(email.Destination?.BccAddresses ?? []),
];

function addressProblem(email: SendEmail): AwsAnswer | undefined {
  const recipients = recipientsOf(email);
  if (recipients.length === 0) return bad('Missing required recipients.');
  if (recipients.length > mostRecipients) return bad('Recipient count exceeds 50.');
  const malformed = [...recipients, ...email.ReplyToAddresses].find((text) => !parseMailbox(text));
  if (malformed === undefined) return undefined;
  const why = /\P{ASCII}/u.test(malformed)
    ? 'Local address or display name contains non-ASCII characters: encode it as RFC 2047 says'
    : "Missing final '@domain'";
  return bad(`${why} (${malformed})`);
}

/** An address is verified if it is an identity itself, or if its domain or a parent domain is one. */
export function isVerified(address: string, { identities }: MailSpec): boolean {
  const lower = address.toLowerCase();
  const domain = lower.split('@')[1] ?? '';
  return identities
    .map(({ name }) => name.toLowerCase())
    .some((name) => name === lower || name === domain || domain.endsWith(`.${name}`));
}

/** SES's exact words: our software reads from the addresses whose identity is missing. */
const notVerified = (addresses: string[]): AwsAnswer =>
  rejected(
    'Email address is not verified. The following identities failed the check in region ' +
      `${region.toUpperCase()}: ${addresses.join(', ')}`,
  );

function senderProblem(from: string | null | undefined, mail: MailSpec): AwsAnswer | undefined {
  if (!from) return bad('Missing required header From.');
  const mailbox = parseMailbox(from);
  if (!mailbox) return bad(`The From address is malformed or not plain ASCII: ${from}`);
  return isVerified(mailbox.address, mail) ? undefined : notVerified([mailbox.address]);
}

/** In the sandbox, SES sends only to verified identities and to its own simulator. */
function sandboxProblem(email: SendEmail, mail: MailSpec): AwsAnswer | undefined {
  const failing = recipientsOf(email)
    .map(bareAddress)
    .filter((address) => simulated(address) === undefined && !isVerified(address, mail));
  return failing.length > 0 ? notVerified([...new Set(failing)]) : undefined;
}

/** The faults that name an identity: our own if its domain is not verified, the recipient's in the sandbox. */
export function identityFault(fault: MailFault, email: SendEmail, mail: MailSpec): AwsAnswer | undefined {
  if (fault === 'not-verified') return notVerified([bareAddress(email.FromEmailAddress ?? '')]);
  if (fault === 'sandbox') return sandboxProblem(email, mail);
  return undefined;
}

function headerProblem(headers: SimpleContent['Headers']): AwsAnswer | undefined {
  if (headers.length > mostHeaders) return bad(`Headers count exceeds ${mostHeaders}.`);
  const seen = new Set<string>();
  for (const { Name, Value } of headers) {
    if (!/^[!-9;-~]{1,126}$/.test(Name)) return bad(`Invalid header name: ${Name}`);
    if (!/^[ -~]{1,870}$/.test(Value)) {
      return bad(`Invalid value of header ${Name}: 1 to 870 printable ASCII characters are allowed`);
    }
    const name = Name.toLowerCase();
    if (ownHeaders.has(name)) return bad(`Header not allowed: ${Name}`);
    if (seen.has(name)) return bad(`Duplicate header: ${Name}`);
    seen.add(name);
  }
  return undefined;
}

function attachmentProblem(attachments: SimpleContent['Attachments']): AwsAnswer | undefined {
  const forbidden = attachments.find(({ FileName }) =>
    forbiddenExtensions.has(FileName.split('.').at(-1)?.toLowerCase() ?? ''),
  );
  if (forbidden) return bad(`Attachment type not allowed: ${forbidden.FileName}`);
  const unencoded = attachments.find(isUnencoded);
  return (
    unencoded &&
    bad(
      `Attachment ${unencoded.FileName} contains bytes that are not ASCII: ` +
        'its ContentTransferEncoding must be BASE64 or QUOTED_PRINTABLE, the default is SEVEN_BIT',
    )
  );
}

/** Seven-bit encoding carries only ASCII. */
const isUnencoded = ({
  ContentTransferEncoding: encoding,
  RawContent,
}: SimpleContent['Attachments'][number]): boolean =>
  (encoding ?? 'SEVEN_BIT') === 'SEVEN_BIT' && Buffer.from(RawContent, 'base64').some((byte) => byte > 0x7f);

function contentProblem(email: SendEmail): AwsAnswer | undefined {
  const { Simple: simple } = email.Content;
  if (!simple) return bad('The local run plays Simple content only, not Raw or Template');
  if (!simple.Body.Text?.Data && !simple.Body.Html?.Data) return bad('Missing message body.');
  if (/[\r\n]/.test(simple.Subject.Data)) return bad('The subject contains a line break.');
  const sizes = [
    simple.Subject.Data.length,
    Buffer.byteLength(simple.Body.Text?.Data ?? ''),
    Buffer.byteLength(simple.Body.Html?.Data ?? ''),
    ...simple.Attachments.map(({ RawContent }) => RawContent.length),
  ];
  if (sizes.reduce((sum, size) => sum + size, 0) > mostBytes) {
    return bad(`Message length is more than ${mostBytes} bytes long.`);
  }
  return headerProblem(simple.Headers) ?? attachmentProblem(simple.Attachments);
}

function tagProblem(tags: SendEmail['EmailTags']): AwsAnswer | undefined {
  if (tags.length > mostTags) return bad(`Tags count exceeds ${mostTags}.`);
  const allowed = /^[A-Za-z0-9_-]{1,256}$/;
  const rule = "only alphanumeric ASCII characters, '_', and '-' are allowed, 256 at most";
  for (const { Name, Value } of tags) {
    if (!allowed.test(Name)) return bad(`Invalid tag name <${Name}>: ${rule}.`);
    if (!allowed.test(Value)) return bad(`Invalid tag value <${Value}>: ${rule}.`);
  }
  const names = tags.map(({ Name }) => Name);
  return new Set(names).size < names.length ? bad('Duplicate tag names.') : undefined;
}

/** The configuration set to use, or an error. */
export function configurationSetOf(
  email: SendEmail,
  mail: MailSpec,
): ConfigurationSetSpec | AwsAnswer | undefined {
  const name = email.ConfigurationSetName;
  if (!name) return undefined;
  const found = mail.configurationSets.find((set) => set.name === name);
  if (!found) return notFound(`Configuration set <${name}> does not exist.`);
  if (found.sendingEnabled) return found;
  return awsError(400, 'SendingPausedException', `Sending is paused for configuration set <${name}>.`);
}

/** SES's error for an email that it refuses; undefined if it accepts it. */
export function refusal(email: SendEmail, mail: MailSpec): AwsAnswer | undefined {
  return (
    addressProblem(email) ??
    tagProblem(email.EmailTags) ??
    contentProblem(email) ??
    senderProblem(email.FromEmailAddress, mail)
  );
}

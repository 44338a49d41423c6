import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Clock, isoInstant } from '../clock.ts';
import type { Faults, MailFault } from '../faults.ts';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import type { Journal } from '../journal.ts';
import type { MailSpec } from '../stack/mail.ts';
import type { WorkList } from '../work.ts';
import { bareAddress, decodeHeader } from './address.ts';
import { mailEvents } from './events.ts';
import type { Email, Inbox } from './inbox.ts';
import { configurationSetOf, refusal } from './refuse.ts';
import { type SendEmail, sendEmailSchema } from './request.ts';

export interface SesSurroundings {
  journal: Journal;
  clock: Clock;
  inbox: Inbox;
  mail: MailSpec;
  faults: Faults;
  work: () => WorkList;
  poke: () => void;
}

/** `silence`: the request is never answered. */
export type SesAnswer = AwsAnswer | 'silence';

const faultAnswers: Partial<Record<MailFault, SesAnswer>> = {
  throttle: awsError(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
  quota: awsError(400, 'LimitExceededException', 'Daily message quota exceeded.'),
  paused: awsError(400, 'SendingPausedException', 'Email sending is disabled for this account.'),
  outage: awsError(500, 'InternalServiceErrorException', 'The local run was asked to fail.'),
  timeout: 'silence',
};

function toEmail(request: SendEmail, now: number): Email {
  const simple = request.Content.Simple;
  const at = isoInstant(now);
  return {
    id: `0100${randomUUID()}-000000`,
    at,
    from: decodeHeader(request.FromEmailAddress ?? ''),
    to: (request.Destination?.ToAddresses ?? []).map(bareAddress),
    cc: (request.Destination?.CcAddresses ?? []).map(bareAddress),
    bcc: (request.Destination?.BccAddresses ?? []).map(bareAddress),
    replyTo: request.ReplyToAddresses.map(decodeHeader),
    subject: simple?.Subject.Data ?? '',
    text: simple?.Body.Text?.Data ?? '',
    html: simple?.Body.Html?.Data ?? '',
    headers: (simple?.Headers ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
    attachments: (simple?.Attachments ?? []).map((each) => ({
      name: each.FileName,
      type: each.ContentType ?? 'application/octet-stream',
      size: Buffer.from(each.RawContent, 'base64').length,
      contentId: each.ContentId ?? null,
      content: each.RawContent,
    })),
    tags: Object.fromEntries(request.EmailTags.map(({ Name, Value }) => [Name, Value])),
    configurationSet: request.ConfigurationSetName ?? null,
  };
}

export function createSes(surroundings: SesSurroundings) {
  const { journal, clock, inbox, mail, faults, poke } = surroundings;

  function accept(request: SendEmail): AwsAnswer {
    const now = clock.now();
    const email = toEmail(request, now);
    const isSuppressed = (address: string): boolean => inbox.suppressed(address) !== undefined;
    journal.durably(() => {
      inbox.add(email, now);
      for (const { due, work } of mailEvents(email, now, mail, isSuppressed))
        surroundings.work().add(work, due);
    });
    journal.changed();
    poke();
    return { status: 200, body: { MessageId: email.id } };
  }

  function send(body: unknown): SesAnswer {
    const request = sendEmailSchema.safeParse(body);
    if (!request.success) return awsError(400, 'BadRequestException', z.prettifyError(request.error));
    const fault = faults.mail();
    const failing = faultAnswers[fault];
    if (failing) return failing;
    const set = configurationSetOf(request.data, mail);
    if (set && 'status' in set) return set;
    const refused = refusal(request.data, mail);
    if (refused) return refused;
    const accepted = accept(request.data);
    return fault === 'accept-then-timeout' ? 'silence' : accepted;
  }

  const suppressionSchema = z.object({ EmailAddress: z.string(), Reason: z.enum(['BOUNCE', 'COMPLAINT']) });

  function suppression(method: string, address: string, body: unknown): AwsAnswer {
    if (method === 'PUT') {
      const request = suppressionSchema.safeParse(body);
      if (!request.success) return awsError(400, 'BadRequestException', z.prettifyError(request.error));
      inbox.suppress(request.data.EmailAddress, request.data.Reason, clock.now());
      return { status: 200, body: {} };
    }
    const found = inbox.suppressed(address);
    if (!found) return awsError(404, 'NotFoundException', `${address} is not on the suppression list.`);
    if (method === 'DELETE') {
      inbox.unsuppress(address);
      return { status: 200, body: {} };
    }
    const known = { EmailAddress: address, Reason: found.reason, LastUpdateTime: found.at / 1000 };
    return { status: 200, body: { SuppressedDestination: known } };
  }

  return (method: string, path: string, body: unknown): SesAnswer => {
    if (method === 'POST' && path === '/v2/email/outbound-emails') return send(body);
    const address = /^\/v2\/email\/suppression\/addresses(?:\/(.+))?$/.exec(path);
    if (address) return suppression(method, decodeURIComponent(address[1] ?? ''), body);
    return awsError(400, 'UnknownOperationException', `The local run does not play ${method} ${path}`);
  };
}

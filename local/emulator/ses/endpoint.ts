import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Clock, isoInstant } from '../clock.ts';
import type { Faults, MailFault } from '../faults.ts';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import type { DenialOf } from '../iam/ask.ts';
import type { Journal } from '../journal.ts';
import type { MailSpec } from '../stack/mail.ts';
import type { WorkList } from '../work.ts';
import { accountCall } from './account.ts';
import { bareAddress, decodeHeader } from './address.ts';
import { bad } from './answers.ts';
import { asksOf, sandboxAsks } from './asks.ts';
import { mailEvents } from './events.ts';
import type { Email, Inbox } from './inbox.ts';
import { configurationSetOf, identityFault, refusal } from './refuse.ts';
import { type SendEmail, type SesRequest, sendEmailSchema } from './request.ts';
import { suppressionCall } from './suppression.ts';

interface SesSurroundings {
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
  return {
    id: `0100${randomUUID()}-000000`,
    at: isoInstant(now),
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

/** The part of the SES v2 API that the local run emulates. */
export class SesEndpoint {
  readonly #aws: SesSurroundings;

  constructor(surroundings: SesSurroundings) {
    this.#aws = surroundings;
  }

  answer(request: SesRequest, denialOf: DenialOf): SesAnswer {
    const { method, path, body } = request;
    for (const ask of asksOf(request, this.#aws.mail)) {
      const message = denialOf(ask);
      if (message !== undefined) return awsError(403, 'AccessDeniedException', message);
    }
    if (method === 'POST' && path === '/v2/email/outbound-emails') return this.#send(body, denialOf);
    const { inbox, clock } = this.#aws;
    return (
      suppressionCall(request, inbox, clock) ??
      accountCall(request, this.#aws) ??
      awsError(400, 'UnknownOperationException', `The local run does not play ${method} ${path}`)
    );
  }

  #send(body: unknown, denialOf: DenialOf): SesAnswer {
    const request = sendEmailSchema.safeParse(body);
    if (!request.success) return bad(z.prettifyError(request.error));
    const { faults, mail } = this.#aws;
    const fault = faults.mail();
    const failing = faultAnswers[fault] ?? identityFault(fault, request.data, mail);
    if (failing) return failing;
    const denial =
      fault === 'sandbox' ? sandboxAsks(request.data, mail).map(denialOf).find(Boolean) : undefined;
    if (denial !== undefined) return awsError(403, 'AccessDeniedException', denial);
    const set = configurationSetOf(request.data, mail);
    if (set && 'status' in set) return set;
    const refused = refusal(request.data, mail);
    if (refused) return refused;
    const accepted = this.#accept(request.data);
    return fault === 'accept-then-timeout' ? 'silence' : accepted;
  }

  #accept(request: SendEmail): AwsAnswer {
    const { journal, clock, inbox, mail, poke } = this.#aws;
    const now = clock.now();
    const email = toEmail(request, now);
    const isSuppressed = (address: string): boolean => inbox.suppressed(address) !== undefined;
    journal.durably(() => {
      inbox.add(email, now);
      for (const { due, work } of mailEvents(email, now, mail, isSuppressed)) this.#aws.work().add(work, due);
    });
    journal.changed();
    poke();
    return { status: 200, body: { MessageId: email.id } };
  }
}

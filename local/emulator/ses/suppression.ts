import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { AwsAnswer } from '../http/aws-answer.ts';
import { decodedPart } from '../http/body.ts';
import { bad, notFound } from './answers.ts';
import type { Inbox } from './inbox.ts';
import type { SesRequest } from './request.ts';

const path = /^\/v2\/email\/suppression\/addresses(?:\/(.*))?$/;
const usualPage = 100;
const mostPerPage = 1000;

const putSchema = z.object({ EmailAddress: z.string().min(1), Reason: z.enum(['BOUNCE', 'COMPLAINT']) });

/** Handles requests about the account's suppression list; undefined for any other request. */
export function suppressionCall(request: SesRequest, inbox: Inbox, clock: Clock): AwsAnswer | undefined {
  const found = path.exec(request.path);
  if (!found) return undefined;
  const address = decodedPart(found[1] ?? '');
  if (address !== '') return oneAddress(request.method, address, inbox);
  if (request.method === 'PUT') return put(request.body, inbox, clock);
  if (request.method === 'GET') return list(request.query, inbox);
  return undefined;
}

function put(body: unknown, inbox: Inbox, clock: Clock): AwsAnswer {
  const request = putSchema.safeParse(body);
  if (!request.success) return bad(z.prettifyError(request.error));
  inbox.suppress(request.data.EmailAddress, request.data.Reason, clock.now());
  return { status: 200, body: {} };
}

function oneAddress(method: string, address: string, inbox: Inbox): AwsAnswer | undefined {
  if (method !== 'GET' && method !== 'DELETE') return undefined;
  const found = inbox.suppressed(address);
  if (!found) return notFound(`Email address ${address} does not exist on your suppression list.`);
  if (method === 'DELETE') {
    inbox.unsuppress(address);
    return { status: 200, body: {} };
  }
  return { status: 200, body: { SuppressedDestination: summaryOf({ address, ...found }) } };
}

const summaryOf = ({ address, reason, at }: { address: string; reason: string; at: number }): object => ({
  EmailAddress: address,
  Reason: reason,
  LastUpdateTime: at / 1000,
});

const instant = z
  .string()
  .transform((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)))
  .refine((at) => !Number.isNaN(at), 'is not an instant');

const listSchema = z.object({
  Reason: z.array(z.enum(['BOUNCE', 'COMPLAINT'])),
  StartDate: instant.optional(),
  EndDate: instant.optional(),
  PageSize: z.coerce.number().int().min(1).max(mostPerPage).default(usualPage),
  NextToken: z.string().default(''),
});

/** Pages are sorted by address; the token is the last address of the previous page. */
function list(query: URLSearchParams, inbox: Inbox): AwsAnswer {
  const request = listSchema.safeParse({ ...Object.fromEntries(query), Reason: query.getAll('Reason') });
  if (!request.success) return bad(z.prettifyError(request.error));
  const { Reason: reasons, StartDate: from, EndDate: to, PageSize: size, NextToken: token } = request.data;
  const after = Buffer.from(token, 'base64url').toString('utf8');
  const wanted = inbox
    .allSuppressed()
    .filter(({ address }) => address > after)
    .filter(({ reason }) => reasons.length === 0 || reasons.some((each) => each === reason))
    .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at <= to));
  const page = wanted.slice(0, size);
  const last = wanted.length > page.length ? page.at(-1) : undefined;
  return {
    status: 200,
    body: {
      SuppressedDestinationSummaries: page.map(summaryOf),
      ...(last ? { NextToken: Buffer.from(last.address).toString('base64url') } : {}),
    },
  };
}

import * as z from 'zod';
import { arnOf, busNameIn, nameInArn } from '../aws.ts';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import { deepestNesting, isDeeperThan } from '../http/body.ts';
import type { DenialOf } from '../iam/ask.ts';
import type { Bus, NewEvent } from './bus.ts';
import { detailSchema } from './detail.ts';

/** The end of the year 9999, the latest time that an event can have. */
const latestSecond = 253_402_300_799;

const entrySchema = z.object({
  Source: z.string().nullish(),
  DetailType: z.string().nullish(),
  Detail: z.string().nullish(),
  EventBusName: z.string().nullish(),
  Resources: z.array(z.string()).nullish(),
  Time: z.union([z.number().min(0).max(latestSecond), z.iso.datetime({ offset: true })]).nullish(),
  TraceHeader: z.string().nullish(),
});

type Entry = z.infer<typeof entrySchema>;

const requestSchema = z.object({ Entries: z.array(entrySchema).min(1) });
const mostEntries = 10;
/** The limit was 256 KB until January 2026. */
const mostBytes = 1024 * 1024;

interface Refusal {
  ErrorCode: string;
  ErrorMessage: string;
}

/** Counts as EventBridge does: 14 bytes for the timestamp, and names and detail in UTF-8. */
function entrySize(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), entry.Time == null ? 0 : 14);
}

function parsedDetail(text: string): Record<string, unknown> | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    if (isDeeperThan(detail, deepestNesting)) return undefined;
    return detailSchema.safeParse(detail).data;
  } catch {
    return undefined;
  }
}

const invalid = (name: string): Refusal => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

function toEvent(entry: Entry): NewEvent | Refusal {
  if (!entry.Source) return invalid('Source');
  if (!entry.DetailType) return invalid('DetailType');
  if (!entry.Detail) return invalid('Detail');
  if (entry.Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = parsedDetail(entry.Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const time = typeof entry.Time === 'string' ? Date.parse(entry.Time) : entry.Time && entry.Time * 1000;
  return {
    bus: busNameIn(entry.EventBusName ?? 'default') ?? '',
    source: entry.Source,
    detailType: entry.DetailType,
    detail,
    resources: entry.Resources ?? [],
    ...(time ? { time } : {}),
  };
}

const constraint = (where: string, rule: string): AwsAnswer =>
  awsError(
    400,
    'ValidationException',
    `1 validation error detected: Value at '${where}' failed to satisfy constraint: ${rule}`,
  );

const busPattern =
  '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\/\\.\\-_A-Za-z0-9]+';
const busExpression = new RegExp(`^${busPattern}$`);

/** A bus outside this account's reach fails the whole request, and so does a malformed bus name. */
function busProblem(entries: Entry[]): AwsAnswer | undefined {
  for (const [at, { EventBusName: name }] of entries.entries()) {
    if (name === null || name === undefined) continue;
    if (!busExpression.test(name)) {
      const rule = `Member must satisfy regular expression pattern: ${busPattern}`;
      return constraint(`entries.${at + 1}.member.eventBusName`, rule);
    }
    if (busNameIn(name) !== undefined) continue;
    return awsError(
      400,
      'AccessDeniedException',
      `User: ${arnOf.user('local')} is not authorized to perform: events:PutEvents on resource: ${name} ` +
        'because no resource-based policy allows the events:PutEvents action',
    );
  }
  return undefined;
}

/** EventBridge denies the whole request if the caller may not put one of its entries. */
function denied(entries: Entry[], denialOf: DenialOf): AwsAnswer | undefined {
  for (const { EventBusName, Source, DetailType } of entries) {
    const context = {
      ...(Source ? { 'events:source': [Source] } : {}),
      ...(DetailType ? { 'events:detail-type': [DetailType] } : {}),
    };
    const resource = arnOf.bus(busNameIn(EventBusName ?? 'default') ?? '');
    const message = denialOf({ action: 'events:PutEvents', resource, context });
    if (message !== undefined) return awsError(400, 'AccessDeniedException', message);
  }
  return undefined;
}

export function putEvents(body: unknown, bus: Bus, denialOf: DenialOf = () => undefined): AwsAnswer {
  const request = requestSchema.safeParse(body);
  if (!request.success) return awsError(400, 'ValidationException', z.prettifyError(request.error));
  const entries = request.data.Entries;
  if (entries.length > mostEntries) {
    return constraint('entries', 'Member must have length less than or equal to 10');
  }
  const refused = busProblem(entries) ?? denied(entries, denialOf);
  if (refused) return refused;
  if (entries.reduce((sum, entry) => sum + entrySize(entry), 0) > mostBytes) {
    const message = 'Total size of the entries in the request is over the limit.';
    return awsError(400, 'ValidationException', message);
  }
  const outcomes = entries.map(toEvent);
  const ids = bus.publish(outcomes.filter((outcome) => 'bus' in outcome));
  const results = outcomes.map((outcome) => ('bus' in outcome ? { EventId: ids.shift() } : outcome));
  return {
    status: 200,
    body: { FailedEntryCount: outcomes.filter((outcome) => !('bus' in outcome)).length, Entries: results },
  };
}

/** The part of the EventBridge API that clients of the local run use. */
export function eventBridgeCall(
  operation: string,
  body: unknown,
  { bus, buses, denialOf }: { bus: Bus; buses: string[]; denialOf: DenialOf },
): AwsAnswer {
  const described = buses.map((name) => ({ Name: name, Arn: arnOf.bus(name) }));
  if (operation === 'PutEvents') return putEvents(body, bus, denialOf);
  const denial = denialOf({ action: `events:${operation}`, resource: '*' });
  if (denial !== undefined) return awsError(400, 'AccessDeniedException', denial);
  if (operation === 'ListEventBuses') return { status: 200, body: { EventBuses: described } };
  if (operation === 'DescribeEventBus') {
    const name = z.object({ Name: z.string().default('default') }).safeParse(body).data?.Name ?? '';
    const found = described.find((each) => each.Name === nameInArn(name));
    if (found) return { status: 200, body: found };
    return awsError(400, 'ResourceNotFoundException', `Event bus ${name} does not exist.`);
  }
  return awsError(400, 'UnknownOperationException', `The local run does not play events:${operation}`);
}

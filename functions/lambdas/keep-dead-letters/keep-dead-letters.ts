import * as z from 'zod';
import { OWN_SOURCE } from '../../contracts/contract.ts';
import { incomingEvents } from '../../events.ts';
import type { Group } from '../../group/group.ts';
import { type VersionOfFact, versionOfFact } from '../../group/refused-fact.ts';
import { keepRefusal, type RefusingServices } from '../../outbox/keep-refusal.ts';

/** A message of a dead-letter queue, as SQS delivers it to a function. */
export const deadLetter = z.looseObject({
  messageId: z.string(),
  body: z.string(),
  messageAttributes: z.record(z.string(), z.looseObject({ stringValue: z.string().optional() })).default({}),
});
export type DeadLetter = z.infer<typeof deadLetter>;

const event = z.looseObject({
  id: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  time: z.string().optional(),
  detail: z.unknown(),
});

/** A record of Lambda's failure destination: the event and the error. */
const failedInvocation = z.looseObject({
  requestContext: z.looseObject({ functionArn: z.string(), approximateInvokeCount: z.number() }),
  requestPayload: event,
  responsePayload: z.looseObject({ errorMessage: z.string().optional() }).nullish(),
});

export interface KeepingServices extends RefusingServices {
  readonly group: Pick<Group, 'stores'>;
}

/** Stores an event that EventBridge or Lambda gave up on together with the refused events. */
export async function keepDeadLetter(services: KeepingServices, letter: DeadLetter): Promise<void> {
  const { queue, functionName, about, reason } = read(letter);
  await keepRefusal(services, {
    id: about?.id ?? letter.messageId,
    queue,
    functionName,
    reason,
    source: about?.source ?? 'unknown',
    detailType: about?.['detail-type'] ?? 'unknown',
    time: about?.time,
    detail: about?.detail ?? letter.body,
    fact: about && versionIn(about, services.group),
  });
}

/** Only for events of a DMS, which a later version can replace. Events of our own or of AWS come once. */
function versionIn(
  { detail, source, ...about }: z.infer<typeof event>,
  group: KeepingServices['group'],
): VersionOfFact | undefined {
  if (source === OWN_SOURCE) return undefined;
  const contract = incomingEvents.find(({ detailType }) => detailType === about['detail-type']);
  return contract && versionOfFact(contract, detail, group);
}

function read(letter: DeadLetter) {
  const body = json(letter.body);
  const invocation = failedInvocation.safeParse(body);
  if (invocation.success) {
    const { requestContext, requestPayload, responsePayload } = invocation.data;
    const functionName = nameInArn(requestContext.functionArn);
    const why = responsePayload?.errorMessage ?? 'it did not answer in time';
    const times = requestContext.approximateInvokeCount;
    const reason = `${functionName ?? 'the function'} failed ${times} times: ${why}`;
    return { queue: 'function' as const, functionName, about: requestPayload, reason };
  }
  const attribute = (name: string) => letter.messageAttributes[name]?.stringValue;
  const why = attribute('ERROR_MESSAGE') ?? attribute('ERROR_CODE') ?? 'no reason given';
  return {
    queue: 'rule' as const,
    functionName: nameInArn(attribute('TARGET_ARN') ?? ''),
    about: event.safeParse(body).data,
    reason: `EventBridge could not deliver it: ${why}`,
  };
}

/** The function's name in `arn:aws:lambda:region:account:function:name:version`; the version is optional. */
const nameInArn = (arn: string): string | undefined => arn.split(':')[6];

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

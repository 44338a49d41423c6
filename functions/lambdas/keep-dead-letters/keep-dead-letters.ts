import * as z from 'zod';
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

/** The source of scheduled ticks. A failed tick is not kept, because the next one finds the same work. */
const CLOCK_SOURCE = 'aws.events';

/** Stores an event that EventBridge or Lambda gave up on together with the refused events. */
export async function keepDeadLetter(services: RefusingServices, letter: DeadLetter): Promise<string> {
  const { queue, functionName, about, reason } = read(letter);
  if (about?.source === CLOCK_SOURCE) return 'a tick';
  await keepRefusal(services, {
    id: about?.id ?? letter.messageId,
    queue,
    functionName,
    reason,
    source: about?.source ?? 'unknown',
    detailType: about?.['detail-type'] ?? 'unknown',
    time: about?.time,
    detail: about?.detail ?? letter.body,
  });
  return 'kept';
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

/** `arn:aws:lambda:region:account:function:name:version`, where the version may be left out. */
const nameInArn = (arn: string): string | undefined => arn.split(':')[6];

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

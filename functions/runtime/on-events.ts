import * as z from 'zod';
import { type Contract, describeProblems, type Fact, parseDetail } from '../contracts/contract.ts';
import { limits } from '../contracts/limits.ts';
import { plusDays } from '../group/business-time.ts';
import type { EventFunctionName, HandledBy } from '../lambdas.ts';
import { UnknownStoreError } from '../outbox/decide-and-deliver.ts';
import { keepRefusal, type RefusingServices } from '../outbox/keep-refusal.ts';
import { UnroutableError } from '../people/routing.ts';
import { EVENTS_RECEIVED_METRIC, EVENTS_REFUSED_METRIC } from './environment.ts';
import { lambdaHandler } from './lambda-handler.ts';
import { telemetry } from './telemetry.ts';

/** An event as EventBridge hands it to a function. */
export const envelope = z
  .looseObject({ id: z.string(), source: z.string(), 'detail-type': z.string(), detail: z.unknown() })
  .transform(({ id, source, detail, ...rest }) => ({ id, source, detailType: rest['detail-type'], detail }));
export type Envelope = z.infer<typeof envelope>;

type Timed = Pick<RefusingServices, 'clock'>;

/** A contract with the use case that its facts are given to. */
export interface EventUse<C extends Contract, Services> {
  readonly contract: C;
  /** The outcome, or why the event is refused. */
  readonly run: (services: Services & Timed, event: Envelope) => Promise<Ran>;
}
type Ran = { readonly outcome: string } | { readonly refused: string };

/** One use for each event that the registry routes to the function: one missing, one more or a swapped one does not compile. */
export type UsesOf<Name extends EventFunctionName, Services> = {
  readonly [DetailType in keyof HandledBy<Name>]: HandledBy<Name>[DetailType] extends infer C extends Contract
    ? EventUse<C, Services>
    : never;
};

/** Joins a contract to its use case, which sees only facts that the contract accepts and that have happened. */
export function on<C extends Contract, Services>(
  contract: C,
  use: (services: Services, fact: Fact<C>, event: Envelope) => Promise<string>,
): EventUse<C, Services> {
  return {
    contract,
    run: async (services, event) => {
      const parsed = parseDetail<C['schema']>(contract, event.detail);
      if (!parsed.ok) return { refused: describeProblems(parsed.problems) };
      const ahead = aheadOf(happened.parse(parsed.fact), services.clock.now());
      if (ahead !== undefined) return { refused: ahead };
      if (parsed.warnings.length > 0) {
        const odd = parsed.warnings.map(({ path }) => path);
        telemetry.warn('The event has odd fields', { eventId: event.id, odd });
      }
      return { outcome: await use(services, parsed.fact, event) };
    },
  };
}

const happened = z.object({ occurredAt: z.string() });

/** A fact wins over every older one, so one that is dated ahead by mistake would win over all that come after it. */
function aheadOf({ occurredAt }: { readonly occurredAt: string }, now: string): string | undefined {
  return occurredAt > plusDays(now, limits.aheadDays)
    ? `occurredAt: expected an instant that has come, got ${occurredAt} while it is ${now}`
    : undefined;
}

/**
 * A function behind rules: an event that is refused is kept with the reason and the function returns, since retrying
 * can't help. Everything else that fails is thrown: EventBridge and Lambda retry, then the dead-letter queue has it.
 */
export function onEvents<Name extends EventFunctionName, Services extends RefusingServices>(
  _name: Name,
  services: () => Services,
  uses: UsesOf<Name, Services>,
) {
  return receiveEvents(services, Object.values<EventUse<Contract, Services>>(uses));
}

export function receiveEvents<Services extends RefusingServices>(
  services: () => Services,
  uses: readonly EventUse<Contract, Services>[],
) {
  // Once for each event.
  return lambdaHandler('Event failed', async (input, { functionName }): Promise<{ outcome: string }> => {
    const event = envelope.parse(input);
    const use = uses.find(({ contract }) => contract.detailType === event.detailType);
    if (!use) throw new Error(`A rule routed '${event.detailType}' here, which this function has no use for`);
    const about = { ...services(), event: { id: event.id } };
    const answer = await refusing(() => use.run(about, event));
    const outcome = 'refused' in answer ? 'refused' : answer.outcome;
    if ('refused' in answer) {
      await keepRefusal(about, { ...event, queue: 'refused', functionName, reason: answer.refused });
    }
    telemetry.measure(EVENTS_RECEIVED_METRIC, 1);
    telemetry.measure(EVENTS_REFUSED_METRIC, 'refused' in answer ? 1 : 0);
    telemetry.info('Event handled', { eventId: event.id, detailType: event.detailType, outcome });
    telemetry.count('EventsHandled', {
      detailType: event.detailType,
      outcome: outcome.split(/[:,]/)[0] ?? outcome,
    });
    return { outcome };
  });
}

/** What can't be worked on whatever is retried: a store nobody knows, a store where nobody can take a handoff. */
async function refusing(run: () => Promise<Ran>): Promise<Ran> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UnknownStoreError || error instanceof UnroutableError)
      return { refused: error.message };
    throw error;
  }
}

import * as z from 'zod';
import { type Contract, describeProblems, type Fact, parseDetail } from '../contracts/contract.ts';
import type { Received } from '../contracts/fact-version.ts';
import { instant } from '../contracts/fields.ts';
import type { Reading } from '../contracts/read-detail.ts';
import { isSuspicious, type Warning } from '../contracts/warnings.ts';
import { identityIn } from '../customers/identity.ts';
import type { Erasures } from '../customers/ports.ts';
import { type ReadingGroup, readingIn } from '../customers/reading.ts';
import { findStore, type Group, maySpeakFor, withStores } from '../group/group.ts';
import { received } from '../group/received.ts';
import { versionOfFact } from '../group/refused-fact.ts';
import { FormerUseError } from '../handoff/number-reuse.ts';
import type { EventFunctionName, FunctionName, HandledBy, HeardBy } from '../lambdas.ts';
import { UnknownStoreError } from '../outbox/context-of.ts';
import { keepRefusal, type RefusingServices } from '../outbox/keep-refusal.ts';
import type { FeedServices } from '../outbox/note-feed.ts';
import { warnSender } from '../outbox/warn-sender.ts';
import { UnroutableError } from '../people/routing.ts';
import type { CorrectedRefusals, RosterReader } from '../ports.ts';
import { countEvent } from './counted-event.ts';
import { EVENTS_SUSPICIOUS_METRIC } from './environment.ts';
import { lambdaHandler } from './lambda-handler.ts';
import { logLines } from './log-lines.ts';
import { telemetry } from './telemetry.ts';

/** An event as EventBridge delivers it to a function. */
export const envelope = z
  .looseObject({
    id: z.string(),
    source: z.string(),
    'detail-type': z.string(),
    /** Missing only if a release before 2026-12 stored the event and it is put back. */
    time: z.string().optional(),
    detail: z.unknown(),
  })
  .transform(({ id, source, time, detail, ...envelope }) => ({
    id,
    source,
    detailType: envelope['detail-type'],
    time,
    detail,
  }));
export type Envelope = z.infer<typeof envelope>;

/** The services that are needed to read a fact. */
interface ReadingServices extends Pick<RefusingServices, 'clock'> {
  readonly group: ReadingGroup;
  readonly roster: RosterReader;
  readonly erasures: Erasures;
}

interface HearingServices extends ReadingServices {
  readonly group: ReadingServices['group'] & Pick<Group, 'eventSenders' | 'feeds'>;
}

type ReceivingServices = RefusingServices &
  HearingServices &
  FeedServices & { readonly corrected: CorrectedRefusals };

/** A contract and the use case for its facts. */
export interface EventUse<C extends Contract, Services> {
  readonly contract: C;
  /** The outcome, or the reason for the refusal. */
  readonly run: (services: Services & ReadingServices, event: Envelope) => Promise<Ran>;
}
type Ran = { readonly outcome: string; readonly warnings: readonly Warning[] } | Refused;
interface Refused {
  readonly refused: string;
  /**
   * The number was reused: no later version of this fact can come, because later events under the number are about
   * the next customer.
   */
  readonly isOfFormerUse?: boolean;
}

/**
 * One use case for each event that the registry routes to the function; a missing, extra or swapped one does not
 * compile.
 */
export type UsesOf<Name extends EventFunctionName, Services> = UsesFor<HandledBy<Name>, Services>;

type UsesFor<Contracts, Services> = {
  readonly [DetailType in keyof Contracts]: Contracts[DetailType] extends infer C extends Contract
    ? EventUse<C, Services>
    : never;
};

/**
 * Connects a contract to its use case, which gets only facts that are valid, free of placeholders and not dated in the
 * future.
 */
export function on<C extends Contract, Services>(
  contract: C,
  use: (services: Services, fact: Received<Fact<C>>, event: Envelope) => Promise<string>,
): EventUse<C, Services> {
  return {
    contract,
    run: async (services, event) => {
      const parsed = parseDetail<C['schema']>(
        contract,
        event.detail,
        await readingOf(services, event.detail),
      );
      const isTaken = parsed.ok && contract.leavesOnlyHashes === true;
      if (!isTaken && (await isOfErased(services, parsed.ok ? parsed.fact : event.detail))) return passedOver;
      if (!parsed.ok)
        return { refused: describeProblems(parsed.problems.map((one) => withStores(one, services.group))) };
      const { fact, warnings } = parsed;
      // The use case passes its services on to the decision, so that a task can note what was odd about its event.
      const about = { ...services, event: { id: event.id, warnings } };
      return { outcome: await use(about, received(fact, event.time), event), warnings };
    },
  };
}

const addressed = z.looseObject({ email: z.string() });
const aboutCustomer = z
  .looseObject({ storeId: z.string(), customer: addressed })
  .or(addressed.extend({ storeId: z.string() }));

/** Reads the store's roster only if the event has an address. The decision reads the roster anyway. */
async function readingOf({ group, roster, clock }: ReadingServices, detail: unknown): Promise<Reading> {
  const { data } = aboutCustomer.safeParse(detail);
  const people = data && findStore(group, data.storeId) ? await roster.read(data.storeId) : [];
  const staffAddresses = new Set(people.map(({ email }) => email));
  return { ...readingIn(group, staffAddresses), now: clock.now() };
}

/** Nothing of the event is stored, not even a refusal: the customer was erased and must be forgotten. */
const passedOver = { outcome: 'customer-erased', warnings: [] } as const;

const happened = z.object({ occurredAt: instant });

/** An event without an instant counts as earlier than the erasure; otherwise it would be stored as a refusal. */
const UNKNOWN_INSTANT = '';

async function isOfErased({ erasures }: ReadingServices, fact: unknown): Promise<boolean> {
  const about = identityIn(fact);
  const { data } = happened.safeParse(fact);
  return about !== undefined && erasures.covers(about, data?.occurredAt ?? UNKNOWN_INSTANT);
}

/**
 * A function behind rules. A refused event is stored with the reason and the function returns, because retrying cannot
 * help. Any other failure is thrown: Lambda retries, and finally the event goes to the dead-letter queue.
 */
export function onEvents<Name extends EventFunctionName, Services extends ReceivingServices>(
  _name: Name,
  services: () => Services,
  uses: UsesOf<Name, Services>,
) {
  return receiveEvents(services, Object.values<EventUse<Contract, Services>>(uses));
}

export function receiveEvents<Services extends ReceivingServices>(
  services: () => Services,
  uses: readonly EventUse<Contract, Services>[],
) {
  // Once for each event.
  return lambdaHandler(
    logLines.eventFailed.message,
    async (input, { functionName }): Promise<{ outcome: string }> => {
      const event = envelope.parse(input);
      const use = uses.find(({ contract }) => contract.detailType === event.detailType);
      if (!use)
        throw new Error(
          `detail-type: expected an event that this function handles, got '${event.detailType}'`,
        );
      const about = services();
      const answer = otherStoreIn(about.group, event) ?? (await refusing(() => use.run(about, event)));
      const outcome = 'refused' in answer ? 'refused' : answer.outcome;
      if ('refused' in answer) {
        const fact = answer.isOfFormerUse ? undefined : versionIn(about, use.contract, event);
        await keepRefusal(about, { ...event, fact, queue: 'refused', functionName, reason: answer.refused });
      } else {
        await takeOffRefused(about, use.contract, { ...event, functionName });
        if (answer.warnings.length > 0) await reportWarnings(about, event, answer.warnings);
      }
      await countEvent(about, event, 'refused' in answer ? 'refused' : 'accepted');
      telemetry.info('Event handled', { eventId: event.id, detailType: event.detailType, outcome });
      telemetry.count('EventsHandled', {
        detailType: event.detailType,
        outcome: outcome.split(/[:,]/)[0] ?? outcome,
      });
      return { outcome };
    },
  );
}

/** Our own events have no sender who could correct them. */
const versionIn = ({ group }: ReceivingServices, contract: Contract, { detail }: Envelope) =>
  contract.sentBy === 'this software' ? undefined : versionOfFact(contract, detail, group);

/**
 * Takes earlier refusals and failures of this fact off the list, because nobody has to work on them once a good
 * version has arrived.
 */
async function takeOffRefused(
  services: ReceivingServices,
  contract: Contract,
  event: Envelope & { readonly functionName: string | undefined },
): Promise<void> {
  const version = versionIn(services, contract, event);
  const { id: eventId, time, functionName } = event;
  const refusals = version
    ? await services.corrected.takeOff({ ...version, time, eventId, functionName })
    : 0;
  if (refusals > 0) telemetry.info('Event makes up for refused ones', { eventId: event.id, refusals });
}

async function reportWarnings(
  services: RefusingServices,
  event: Envelope,
  warnings: readonly Warning[],
): Promise<void> {
  const isSenderWarned = await warnSender(services, event, warnings);
  const odd = warnings.map(({ path, code }) => `${path}: ${code}`);
  if (warnings.some(isSuspicious)) telemetry.measure(EVENTS_SUSPICIOUS_METRIC, 1);
  telemetry.warn(logLines.oddFields.message, { eventId: event.id, odd, isSenderWarned });
}

/** A function that also receives facts which another function handles. It ignores what that function refuses. */
export function hearEvents<Name extends FunctionName, Services extends HearingServices>(
  _name: Name,
  services: () => Services,
  uses: UsesFor<HeardBy<Name>, Services>,
) {
  return passOn(services, Object.values<EventUse<Contract, Services>>(uses));
}

export function passOn<Services extends HearingServices>(
  services: () => Services,
  uses: readonly EventUse<Contract, Services>[],
) {
  // Once for each event.
  return lambdaHandler(logLines.eventFailed.message, async (input): Promise<{ outcome: string }> => {
    const event = envelope.parse(input);
    const use = uses.find(({ contract }) => contract.detailType === event.detailType);
    const about = services();
    const answer = otherStoreIn(about.group, event) ?? (use && (await refusing(() => use.run(about, event))));
    const outcome = answer && 'outcome' in answer ? answer.outcome : 'passed-over';
    telemetry.info('Event heard', { eventId: event.id, detailType: event.detailType, outcome });
    return { outcome };
  });
}

const ofStore = z.looseObject({ storeId: z.string() });

/** A sender may be limited to some stores. The bus policy cannot check that, because it does not see the event's detail. */
function otherStoreIn(group: HearingServices['group'], { source, detail }: Envelope): Ran | undefined {
  const { data } = ofStore.safeParse(detail);
  if (!data || maySpeakFor(group, source, data.storeId)) return undefined;
  return {
    refused: `storeId: expected a store that the sender of '${source}' may speak for, got '${data.storeId}'`,
  };
}

/** Errors that retrying cannot fix: an unknown store, or a store where nobody can take a handoff. */
async function refusing(run: () => Promise<Ran>): Promise<Ran> {
  try {
    return await run();
  } catch (error) {
    if (
      error instanceof UnknownStoreError ||
      error instanceof FormerUseError ||
      error instanceof UnroutableError
    )
      return { refused: error.message, isOfFormerUse: error instanceof FormerUseError };
    throw error;
  }
}

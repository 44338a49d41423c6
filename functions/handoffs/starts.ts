import { type Contract, type Fact, parseDetail } from '../contracts/contract.ts';
import { customerAskedAboutCar } from '../contracts/customer-asked-about-car.ts';
import type { Received } from '../contracts/fact-version.ts';
import type { Reading } from '../contracts/read-detail.ts';
import { shopperNeedsService } from '../contracts/shopper-needs-service.ts';
import { vehicleSold } from '../contracts/vehicle-sold.ts';
import type { Odd, OddFact } from '../contracts/warnings.ts';
import { received } from '../group/received.ts';
import type { StartForm } from '../handoff/start-form.ts';
import type { Services } from '../outbox/decide-and-deliver.ts';
import type { IdentifyingServices } from '../outbox/identify-shopper.ts';
import type { StartResult } from '../outbox/start-result.ts';
import { startIntroduction } from './introduction/introduce-service.ts';
import { everyKind, kindOf, type TaskKind } from './kinds.ts';
import { sendToService } from './repair-instead/send-to-service.ts';
import { startWish } from './upgrade-conversation/start-wish.ts';

export type StartServices = Services & IdentifyingServices;

type Read =
  | { readonly ok: true; readonly run: (services: StartServices) => Promise<StartResult> }
  /** The paths of the wrong fields in the event. */
  | { readonly ok: false; readonly wrong: readonly string[] };

/** Fields that another system's event may lack, with a warning, but that a person who typed it is asked for again. */
const askedAgain: ReadonlySet<OddFact> = new Set([
  'left-out',
  'no-email-address',
  'email-taken-out',
  'placeholder-address',
  'staff-address',
  'vin-short',
  'vin-letters',
]);

/** Whether to ask again. A VIN that is a placeholder is missing; a missing customer number is intended. */
const isAskedAgain = ({ code, path }: Odd): boolean =>
  askedAgain.has(code) || (code === 'placeholder' && path === 'vehicle.vin');

/** A submitted form becomes an event like any other: parsed by its contract, and passed to that event's use case. */
type Start = (detail: object, reading: Reading & { readonly now: string }) => Read;

function startBy<C extends Contract>(
  contract: C,
  use: (services: StartServices, fact: Received<Fact<C>>) => Promise<StartResult>,
): Start {
  return (detail, reading) => {
    const parsed = parseDetail<C['schema']>(contract, detail, reading);
    if (!parsed.ok) return { ok: false, wrong: parsed.problems.map(({ path }) => path) };
    const odd = parsed.warnings.filter(isAskedAgain).map(({ path }) => path);
    if (odd.length > 0) return { ok: false, wrong: odd };
    const fact = received(parsed.fact, reading.now);
    return { ok: true, run: (services) => use(services, fact) };
  };
}

/** The registry of starts: for each kind with a form, the use case behind it. */
const starts: Readonly<Partial<Record<TaskKind, Start>>> = {
  'service-introduction': startBy(vehicleSold, startIntroduction),
  'repair-instead': startBy(shopperNeedsService, sendToService),
  'upgrade-conversation': startBy(customerAskedAboutCar, startWish),
};

/** A kind of handoff that people can start. */
export interface Startable {
  readonly kind: TaskKind;
  readonly form: StartForm;
  readonly start: Start;
}

export const startable: readonly Startable[] = everyKind.flatMap(({ kind }) => {
  const form = kindOf({ kind }).startForm;
  const start = starts[kind];
  return form && start ? [{ kind, form, start }] : [];
});

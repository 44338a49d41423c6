import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type * as z from 'zod';
import { AddressTable } from '../adapters/address-table.ts';
import { AdvisedTable } from '../adapters/advised-table.ts';
import { AheadTable } from '../adapters/ahead-table.ts';
import { AppointmentTable } from '../adapters/appointment-table.ts';
import { CachedRoster } from '../adapters/cached-roster.ts';
import { CampaignTable } from '../adapters/campaign-table.ts';
import { CarTable } from '../adapters/car-table.ts';
import { CarValueTable } from '../adapters/car-value-table.ts';
import { ClaimTable } from '../adapters/claim-table.ts';
import { ContactTable } from '../adapters/contact-table.ts';
import { CorrectedRefusalTable } from '../adapters/corrected-refusals.ts';
import { CreditTable } from '../adapters/credit-table.ts';
import { SecretCustomerKey } from '../adapters/customer-key.ts';
import { CustomerTable } from '../adapters/customer-table.ts';
import { DecisionTable } from '../adapters/decision-table.ts';
import { disposalBy } from '../adapters/disposal.ts';
import { ErasureTable } from '../adapters/erasure-table.ts';
import { EventIndexTable } from '../adapters/event-index.ts';
import { HistoryTable } from '../adapters/history-store.ts';
import type { Fetch } from '../adapters/json-api.ts';
import { LeadTable } from '../adapters/lead-table.ts';
import { MemoryTable } from '../adapters/memory-table.ts';
import { OutcomeTable } from '../adapters/outcome-table.ts';
import { RosterStore } from '../adapters/roster-store.ts';
import { SaleTable } from '../adapters/sale-table.ts';
import { SesMailer } from '../adapters/ses-mailer.ts';
import { systemRandom, systemWait } from '../adapters/system.ts';
import { TaskTable } from '../adapters/task-table.ts';
import { UnknownNumberTable } from '../adapters/unknown-number-table.ts';
import type { Outcomes, Random, RosterReader, Wait } from '../ports.ts';
import { countingBounces } from './counted-bounces.ts';
import { CountedTasks } from './counted-tasks.ts';
import type { environments } from './environment.ts';
import { keepingOnAws, type ReceivingSurroundings, receivingServices } from './keeping-services.ts';
import { lookUps } from './look-ups.ts';
import type { KnowingSurroundings } from './remembering-services.ts';
import { waiting } from './waiting.ts';

type Sender = z.output<(typeof environments)['sending']>;
type Asker = z.output<(typeof environments)['asking']>;

/** The whole outside world: AWS in production, substitutes in tests and the simulation. */
export interface Surroundings extends ReceivingSurroundings, KnowingSurroundings {
  readonly ses: Pick<SESv2Client, 'send'>;
  readonly random: Random;
  readonly wait: Wait;
  /** Calls APIs of third parties. */
  readonly fetch: Fetch;
  /** Gives a signal that aborts when a decision has waited long enough for one of these APIs. */
  readonly timeLimit?: (() => AbortSignal) | undefined;
  /** Remembers which months a warm function has marked as changed. */
  readonly outcomes?: Outcomes | undefined;
  /** A roster cached across invocations of a warm function. */
  readonly roster?: RosterReader | undefined;
}

const onAws = (): Surroundings => ({
  ...keepingOnAws(),
  secrets: new SecretsManagerClient({ requestHandler: waiting }),
  // One attempt: SES events settle an unanswered call; sending again at once could send twice.
  ses: new SESv2Client({ requestHandler: waiting, maxAttempts: 1 }),
  random: systemRandom,
  wait: systemWait,
  fetch,
});

/** A function's services, built once per cold start from its parsed environment. */
export function sendingServices(environment: Sender, given = onAws()) {
  const { dynamodb, clock, group, random, ses } = given;
  const roster = given.roster ?? new CachedRoster(new RosterStore(dynamodb, environment.TABLE_NAME), clock);
  const key = new SecretCustomerKey(given.secrets, environment.CUSTOMER_KEY);
  const rekeying = { key, alsoPlain: group.alsoPlainOptOuts };
  return {
    ...receivingServices(environment, given),
    random,
    customerKey: key,
    rekeying,
    tasks: new CountedTasks(new TaskTable(dynamodb, environment.TABLE_NAME, disposalBy(group.retention))),
    addresses: new AddressTable(dynamodb, environment.TABLE_NAME, rekeying),
    contacts: new ContactTable(dynamodb, environment.TABLE_NAME, key, disposalBy(group.retention)),
    roster,
    leads: new LeadTable(dynamodb, environment.TABLE_NAME),
    campaigns: new CampaignTable(dynamodb, environment.TABLE_NAME),
    eventIndex: new EventIndexTable(dynamodb, environment.TABLE_NAME),
    unknownNumbers: new UnknownNumberTable(dynamodb, environment.TABLE_NAME),
    mailer: new SesMailer(ses, group.sender.fromAddress, environment.CONFIGURATION_SET),
    linkOrigin: environment.LINK_ORIGIN,
  };
}

/** For the pages, which look customers up to start a handoff. */
export function answeringServices(environment: Sender, given = onAws()) {
  const services = sendingServices(environment, given);
  const { dynamodb, customerKey } = services;
  const disposeAt = disposalBy(given.group.retention);
  return {
    ...services,
    customers: new CustomerTable(dynamodb, environment.TABLE_NAME, customerKey, disposeAt),
  };
}

/** For handling facts of the DMS, except those of customers who were erased since. */
export function decidingServices(environment: Sender, given = onAws()) {
  const { dynamodb, clock } = given;
  const services = sendingServices(environment, given);
  const key = services.customerKey;
  const erasures = given.erasures ?? new ErasureTable(dynamodb, environment.TABLE_NAME, { key, clock });
  const corrected = new CorrectedRefusalTable(dynamodb, environment.TABLE_NAME);
  return { ...services, erasures, corrected };
}

export function followingServices(environment: Sender, given = onAws()) {
  const services = decidingServices(environment, given);
  const disposeAt = disposalBy(given.group.retention);
  return {
    ...services,
    history: new HistoryTable(services.dynamodb, environment.TABLE_NAME, disposeAt),
    cars: new CarTable(services.dynamodb, environment.TABLE_NAME, services.clock, disposeAt),
    ahead: new AheadTable(services.dynamodb, environment.TABLE_NAME),
    carValues: new CarValueTable(services.dynamodb, environment.TABLE_NAME, disposeAt),
    memory: new MemoryTable(services.dynamodb, environment.TABLE_NAME, services.rekeying, disposeAt),
    sales: new SaleTable(services.dynamodb, environment.TABLE_NAME, services.clock, disposeAt),
  };
}

/** For the ledger of outcomes and for credit. */
export function outcomeServices(environment: Sender, given = onAws()) {
  const services = sendingServices(environment, given);
  const { dynamodb, clock, customerKey: key } = services;
  const disposeAt = disposalBy(given.group.retention);
  return {
    ...services,
    erasures: given.erasures ?? new ErasureTable(dynamodb, environment.TABLE_NAME, { key, clock }),
    credit: new CreditTable(dynamodb, environment.TABLE_NAME, key, disposeAt),
    outcomes: outcomesOver(environment, given),
  };
}

const outcomesOver = ({ TABLE_NAME }: Sender, { dynamodb, group, outcomes }: Surroundings): Outcomes =>
  outcomes ?? new OutcomeTable(dynamodb, TABLE_NAME, disposalBy(group.retention));

/** For first services: an appointment may name only its customer. */
export function preparingServices(environment: Sender, given = onAws()) {
  const services = followingServices(environment, given);
  const { dynamodb, clock, customerKey, rekeying } = services;
  const disposeAt = disposalBy(given.group.retention);
  return {
    ...services,
    customers: new CustomerTable(dynamodb, environment.TABLE_NAME, customerKey, disposeAt),
    appointments: new AppointmentTable(dynamodb, environment.TABLE_NAME, { ...rekeying, clock, disposeAt }),
  };
}

export function nudgingServices(environment: Sender, given = onAws()) {
  const services = followingServices(environment, given);
  const disposeAt = disposalBy(given.group.retention);
  return {
    ...services,
    customers: new CustomerTable(services.dynamodb, environment.TABLE_NAME, services.customerKey, disposeAt),
    claims: new ClaimTable(services.dynamodb, environment.TABLE_NAME, services.rekeying, disposeAt),
    decisions: new DecisionTable(services.dynamodb, environment.TABLE_NAME, disposeAt),
    credit: new CreditTable(services.dynamodb, environment.TABLE_NAME, services.customerKey, disposeAt),
  };
}

/** For quotes: other services may be asked about the car. */
export function quotingServices(environment: Asker, given = onAws()) {
  return { ...nudgingServices(environment, given), ...lookUps(environment, given) };
}

export function sweepingServices(environment: Sender, given = onAws()) {
  const services = answeringServices(environment, given);
  const disposeAt = disposalBy(given.group.retention);
  const advised = new AdvisedTable(services.dynamodb, environment.TABLE_NAME, disposeAt);
  const ahead = new AheadTable(services.dynamodb, environment.TABLE_NAME);
  return { ...services, advised, ahead, wait: given.wait };
}

export function settlingServices(environment: Sender, given = onAws()) {
  const services = sendingServices(environment, given);
  const roster = new RosterStore(services.dynamodb, environment.TABLE_NAME);
  const outcomes = outcomesOver(environment, given);
  return { ...services, staffAddresses: countingBounces(roster), outcomes };
}

import { join } from 'node:path';
import { DuckDb } from './athena/duckdb.ts';
import { AthenaEndpoint, type AthenaParts } from './athena/endpoint.ts';
import { QueryStore } from './athena/store.ts';
import type { Clock } from './clock.ts';
import { DynamoDbEndpoint } from './dynamodb/endpoint.ts';
import { openTables } from './dynamodb/tables.ts';
import { Engine } from './engine.ts';
import { type Bus, createBus } from './eventbridge/bus.ts';
import { Delivery } from './eventbridge/deliver.ts';
import { type EventLog, openEventLog } from './eventbridge/event-log.ts';
import { Ticks } from './eventbridge/ticks.ts';
import { createFaults, type Faults } from './faults.ts';
import type { AwsServices } from './http/aws-server.ts';
import { Access } from './iam/access.ts';
import type { Journal } from './journal.ts';
import { AsyncInvoker, type InvokeAsync } from './lambda/async-invoke.ts';
import { createLambda } from './lambda/endpoint.ts';
import { Runtime } from './lambda/runtime.ts';
import { messageOf } from './problem.ts';
import { S3Endpoint } from './s3/endpoint.ts';
import { BucketEvents } from './s3/events.ts';
import { Lifecycle } from './s3/lifecycle.ts';
import { ObjectStore, type StoredObject } from './s3/store.ts';
import { SecretsEndpoint } from './secrets/endpoint.ts';
import { SecretStore } from './secrets/store.ts';
import { SesEndpoint } from './ses/endpoint.ts';
import { type Inbox, openInbox } from './ses/inbox.ts';
import { createSqs } from './sqs/endpoint.ts';
import { createMapping } from './sqs/mapping.ts';
import { Queues } from './sqs/queues.ts';
import type { StackModel } from './stack/model.ts';
import { openWorkList, type WorkItem, type WorkList } from './work.ts';

interface CloudOptions {
  model: StackModel;
  journal: Journal;
  clock: Clock;
  dataDir: string;
  awsUrl: string;
  /** Local addresses that stand in for external APIs, by the name of their destination or host. */
  apisAt?: ReadonlyMap<string, string> | undefined;
  say: (line: string) => void;
}

/** The AWS services that the stack uses, running on this machine. */
export interface Cloud {
  engine: Engine;
  bus: Bus;
  events: EventLog;
  faults: Faults;
  inbox: Inbox;
  queues: Queues;
  runtime: Runtime;
  ticks: Ticks;
  services: Omit<AwsServices, 'health'>;
  stop(): Promise<void>;
}

/** Opens the work list and the services that do each kind of work. */
function openWork(options: CloudOptions, parts: Pick<Cloud, 'events' | 'faults' | 'queues' | 'runtime'>) {
  const { model, journal, clock, say } = options;
  const work = (): WorkList => list;
  const shared = { journal, clock, log: parts.events, queues: parts.queues, work };
  const invoker = new AsyncInvoker({
    ...shared,
    runtime: parts.runtime,
    functions: model.functions,
    complain: say,
  });
  const invokeAsync: InvokeAsync = (item, work) => invoker.invoke(item, work);
  const { rules, apiDestinations } = model;
  const { apisAt = new Map() } = options;
  const delivery = new Delivery({
    ...shared,
    rules,
    apiDestinations,
    apisAt,
    faults: parts.faults,
    invokeAsync,
  });
  let publish = async (_item: WorkItem): Promise<void> => {};

  async function perform(item: WorkItem): Promise<void> {
    if (item.work.kind === 'deliver') return delivery.deliver(item, item.work);
    if (item.work.kind === 'invoke') return invokeAsync(item, item.work);
    return publish(item);
  }
  const list = openWorkList(journal, clock, perform);

  function publishThrough(bus: Bus): void {
    publish = async (item) => {
      if (item.work.kind !== 'publish') return;
      const { source, detailType, detail, resources } = item.work;
      journal.durably(() => {
        bus.publish([{ bus: 'default', source, detailType, detail, resources }]);
        list.done(item);
      });
    };
  }
  return { list, invokeAsync, publishThrough };
}

/** Opens the buckets and their scheduled work. */
function openS3(
  { model, journal, clock, dataDir }: CloudOptions,
  { work, poke, engine, access }: { work: () => WorkList; poke: () => void; engine: Engine; access: Access },
): { endpoint: S3Endpoint; files: Pick<AthenaParts, 'objects' | 'created' | 'changed'> } {
  const { buckets } = model;
  const store = new ObjectStore(journal, join(dataDir, 's3'));
  const events = new BucketEvents(clock, work);
  const lifecycle = new Lifecycle({ buckets, store, events, clock });
  engine.add(lifecycle);
  const changed = (): void => {
    lifecycle.changed();
    journal.changed();
    poke();
  };
  const created = (object: StoredObject): void => {
    const bucket = buckets.find(({ name }) => name === object.bucket);
    if (bucket) events.created(bucket, object, 'PutObject');
  };
  return {
    endpoint: new S3Endpoint({ store, clock, events, buckets, changed }, access),
    files: { objects: store, created, changed },
  };
}

export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { model, journal, clock, dataDir, awsUrl, say } = options;
  const tables = await openTables(dataDir, journal, model.tables, say);
  const events = openEventLog(journal);
  const inbox = openInbox(journal);
  const faults = createFaults(() => journal.changed());
  const queues = new Queues(journal, clock, model.queues);
  const logFile = join(dataDir, 'functions.log');
  const runtime = new Runtime({
    ...{ functions: model.functions, awsUrl, clock, logFile },
    apisAt: options.apisAt,
  });
  const engine = new Engine(clock, say);
  const access = new Access(model.functions, model.busPolicies);
  const { list, invokeAsync, publishThrough } = openWork(options, { events, faults, queues, runtime });
  const work = (): WorkList => list;
  const poke = (): void => engine.poke();
  const { rules, buses, mail } = model;
  const bus = createBus({ journal, clock, log: events, rules, buses, work, poke, complain: say });
  publishThrough(bus);
  const ticks = new Ticks({ journal, clock, rules, queues, invokeAsync });
  journal.onChange(poke);

  engine.add(list);
  for (const spec of model.mappings) engine.add(createMapping(spec, { queues, runtime, complain: say }));
  engine.add(ticks);

  const ses = new SesEndpoint({ journal, clock, inbox, mail, faults, work, poke });
  const lambda = createLambda({ journal, clock, functions: model.functions, work, poke });
  const dynamodb = new DynamoDbEndpoint(tables, say);
  const { endpoint: s3, files } = openS3(options, { work, poke, engine, access });
  const athena = new AthenaEndpoint({
    ...{ ...files, access, clock, tables: model.glueTables, workGroups: model.workGroups },
    engine: new DuckDb(),
    queries: new QueryStore(journal, clock),
    track: (work) => void engine.track(work).catch((error: unknown) => say(messageOf(error))),
  });
  const secrets = new SecretsEndpoint(new SecretStore(journal, clock, model.secrets), access);
  const sqs = createSqs(queues, awsUrl);
  const services = { access, dynamodb, s3, athena, secrets, bus, buses, ses, sqs, lambda };
  return {
    ...{ engine, bus, events, faults, inbox, queues, runtime, ticks, services },
    stop: async () => {
      await engine.stop();
      await runtime.stop();
      dynamodb.stop();
      await tables.stop();
    },
  };
}

import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createDemoNumbers } from './demo-numbers.ts';
import { queuedDeadLetter } from './desk/dead-letters.ts';
import type { Desk, Health } from './desk/desk.ts';
import { isEndpoint } from './desk/endpoints.ts';
import { type Answer, createDeskAnswer, createDeskServer, type StackApis } from './desk/server.ts';
import { isSite } from './desk/site.ts';
import { openTableView } from './desk/table-view.ts';
import { DropFolder } from './drop-folder.ts';
import { clientOptions, region } from './emulator/aws.ts';
import { type Clock, isoInstant, openClock } from './emulator/clock.ts';
import { type Cloud, openCloud } from './emulator/cloud.ts';
import { type DataDir, openDataDir } from './emulator/data-dir.ts';
import { putEvents } from './emulator/eventbridge/endpoint.ts';
import { type AwsServices, createAwsServer } from './emulator/http/aws-server.ts';
import { closed, listen } from './emulator/http/listen.ts';
import { HttpApis } from './emulator/http-api/endpoint.ts';
import { type Journal, openJournal } from './emulator/journal.ts';
import { Problem } from './emulator/problem.ts';
import { readAssembly } from './emulator/stack/assembly.ts';
import { readModel, type StackModel } from './emulator/stack/model.ts';
import { createFeedDesk, type FeedDesk } from './feeds.ts';
import { startedWords, startOf } from './first-morning.ts';
import { firstStart } from './first-start.ts';
import { groupFeeds } from './group-feeds.ts';
import type { LocalOptions } from './options.ts';
import { createPostDesk, type PostDesk } from './posts.ts';
import { createSampleDesk } from './samples.ts';
import { synthesize } from './synth.ts';

type Say = (line: string) => void;

export interface LocalRun {
  deskUrl: string;
  awsUrl: string;
  desk: Desk;
  stop(): Promise<void>;
}

function healthOf(model: StackModel, urls: { desk: string; aws: string }, clock: Clock): () => Health {
  const { outputs, buses, tables, name } = model;
  return () => ({
    ok: true,
    ...urls,
    region,
    stack: name,
    bus: outputs['BusName'] ?? buses.at(-1) ?? 'default',
    table: outputs['TableName'] ?? tables[0]?.TableName ?? null,
    now: isoInstant(clock.now()),
    outputs,
  });
}

/** The caller as which the desk puts events: an operator, and a named sender of the group. */
const OPERATOR = { accessKeyId: 'local', service: 'events' };

interface DeskParts {
  cloud: Cloud;
  clock: Clock;
  journal: Journal;
  health: () => Health;
  feeds: FeedDesk | undefined;
  posts: PostDesk | undefined;
}

/** Undefined if the stack has no bucket for files. */
function openFeeds(
  options: LocalOptions,
  dataDir: string,
  clock: Clock,
  { outputs, aws }: Health,
): FeedDesk | undefined {
  const bucket = outputs['DropBucket'];
  if (bucket === undefined) return undefined;
  const client = new S3Client({ ...clientOptions(aws), maxAttempts: 1 });
  const feeds = groupFeeds(options);
  const folders = { folder: join(dataDir, 'drop'), samples: resolve('samples/feeds') };
  return createFeedDesk({ feeds, client, bucket, ...folders, now: clock.now });
}

/** Undefined if no vendor posts to the stack. */
function openPosts(options: LocalOptions, clock: Clock, { outputs, aws }: Health): PostDesk | undefined {
  if (outputs['WebhookOrigin'] === undefined) return undefined;
  const secrets = new SecretsManagerClient({ ...clientOptions(aws), maxAttempts: 1 });
  const feeds = groupFeeds(options);
  return createPostDesk({ feeds, secrets, outputs, samples: resolve('samples/posts'), now: clock.now });
}

function openDesk({ cloud, clock, journal, health, feeds, posts }: DeskParts): Desk {
  const { aws, bus, table, outputs } = health();
  const client = new DynamoDBClient({ ...clientOptions(aws), maxAttempts: 1 });
  const view = openTableView({ client, tableName: table ?? '' });
  return {
    now: clock.now,
    advanceTo: (instant) => cloud.engine.advanceTo(instant),
    health,
    inbox: cloud.inbox,
    events: cloud.events,
    faults: cloud.faults,
    samples: createSampleDesk(
      resolve('samples'),
      (Entries) => putEvents({ Entries }, cloud.bus, (ask) => cloud.services.access.denialOf(OPERATOR, ask)),
      bus,
      clock.now,
    ),
    feeds,
    posts,
    demoNumbers: outputs['LedgerBucket'] === undefined ? undefined : createDemoNumbers(clock.now),
    table: view,
    deadLetters: async () => [...(await view.deadLetters()), ...cloud.queues.all().map(queuedDeadLetter)],
    schedules: () => cloud.ticks.rules(),
    started: startedWords(journal),
    onChange: journal.onChange,
  };
}

interface Servers {
  urls: { desk: string; aws: string };
  stop(): Promise<void>;
}

/** The parts behind the two servers; they are created after the ports are known. */
interface Behind {
  aws?: AwsServices;
  desk?: Answer;
}

/** The ports come first: the template's addresses depend on them. */
async function openServers(options: LocalOptions, behind: Behind): Promise<Servers> {
  const desk = createDeskServer(() => behind.desk);
  const aws = createAwsServer(() => behind.aws);
  const stop = async (): Promise<void> => {
    await Promise.all([closed(desk), closed(aws)]);
  };
  try {
    const deskPort = await listen(desk, options.port, '--port');
    const awsPort = await listen(aws, options.awsPort, '--aws-port');
    return { stop, urls: { desk: `http://127.0.0.1:${deskPort}`, aws: `http://127.0.0.1:${awsPort}` } };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Counts each API request as running work, so that the clock does not jump while one is answered. */
function trackedApis(model: StackModel, cloud: Cloud, clock: Clock, say: Say): StackApis {
  for (const { path: prefix, routes } of model.apis) {
    for (const { key } of routes) {
      const path = prefix + (key.split(' ')[1] ?? '');
      if (isEndpoint(path) || isSite(path))
        throw new Problem(`the route ${key} stands where the desk's own page is`);
    }
  }
  const apis = new HttpApis(model.apis, { runtime: cloud.runtime, clock, complain: say });
  return { handle: (...call) => cloud.engine.track(() => apis.handle(...call)) };
}

async function play(
  options: LocalOptions,
  dataDir: string,
  servers: Servers,
  behind: Behind,
  say: Say,
): Promise<LocalRun> {
  const out = join(dataDir, 'cdk.out');
  await synthesize({ app: options.app, group: options.group, out });
  const model = readModel(readAssembly(out), servers.urls);
  const journal = openJournal(join(dataDir, 'journal.sqlite'));
  const clock = openClock(journal, startOf(options, journal, Date.now()), say);
  const health = healthOf(model, servers.urls, clock);
  const cloud = await openCloud({
    model,
    journal,
    clock,
    dataDir,
    awsUrl: servers.urls.aws,
    apisAt: options.apisAt,
    say,
  });
  const feeds = openFeeds(options, dataDir, clock, health());
  const posts = openPosts(options, clock, health());
  const desk = openDesk({ cloud, clock, journal, health, feeds, posts });
  behind.aws = { ...cloud.services, health };
  const tableName = health().table ?? undefined;
  const start = { awsUrl: servers.urls.aws, tableName, group: options.group };
  if (options.firstStart) await firstStart(journal, start, say);
  behind.desk = createDeskAnswer(desk, trackedApis(model, cloud, clock, say));
  cloud.engine.start();
  if (options.now !== undefined) await cloud.engine.advanceTo(options.now);
  if (desk.started !== undefined) say(desk.started);
  const watched = feeds && new DropFolder(feeds, say).watch();
  const stop = async (): Promise<void> => {
    watched?.stop();
    await cloud.stop();
    await servers.stop();
    clock.save();
    journal.close();
  };
  return { deskUrl: servers.urls.desk, awsUrl: servers.urls.aws, desk, stop };
}

/** Synthesizes the app and runs its template until stopped. */
export async function startLocal(options: LocalOptions, say: Say): Promise<LocalRun> {
  const behind: Behind = {};
  const servers = await openServers(options, behind);
  let dataDir: DataDir | undefined;
  try {
    const held = openDataDir(resolve(options.data), options.fresh);
    dataDir = held;
    const run = await play(options, held.path, servers, behind, say);
    return { ...run, stop: () => run.stop().finally(held.release) };
  } catch (error) {
    dataDir?.release();
    await servers.stop();
    throw error;
  }
}

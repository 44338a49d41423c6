import { parseArgs } from 'node:util';
import { messageOf, Problem } from './emulator/problem.ts';

/** The app that `npm start` runs; tests run others. */
export const OWN_APP = 'bin/app.ts';

export interface LocalOptions {
  app: string;
  group: string | undefined;
  port: number;
  awsPort: number;
  data: string;
  fresh: boolean;
  now: number | undefined;
  /** Whether a new data directory is filled with the sample roster. */
  firstStart: boolean;
  /** Local addresses that stand in for external APIs that the stack calls, by the name of their destination or host. */
  apisAt: ReadonlyMap<string, string> | undefined;
}

export const help = `npm start -- [options]
  --group FILE      the dealer group's file (default: the app's own)
  --port N          the desk's port, 0 picks a free one (default 4500)
  --aws-port N      the AWS endpoint's port, 0 picks a free one (default 4566)
  --data DIR        where the local run keeps its state (default .local)
  --fresh           forget what was kept
  --now INSTANT     where the clock starts, for example 2026-11-20T15:00:00Z (default: ten o'clock of
                    the stores' next working day)
  --empty           do not import the sample roster at the first start
  --api NAME=URL    where an API destination of the stack is played, or a host that its functions ask, for
                    example handoff-lakeshore-crm=http://127.0.0.1:9000 or values.example=http://127.0.0.1:9000
                    (default: nowhere, and it is not called)
  --app FILE        the CDK app to run (default ${OWN_APP})`;

function portIn(text: string | undefined, name: string, usual: number): number {
  if (text === undefined) return usual;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Problem(`--${name} takes a port from 0 to 65535, not "${text}"`);
}

function instantIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new Problem(`--now takes an instant such as 2026-11-20T15:00:00Z, not "${text}"`);
}

function apiIn(text: string): [name: string, url: string] {
  const [, name, url] = /^([\w.-]+)=(https?:\/\/.+)$/.exec(text) ?? [];
  if (name === undefined || url === undefined || !URL.canParse(url))
    throw new Problem(`--api takes a name and an address such as crm=http://127.0.0.1:9000, not "${text}"`);
  return [name, url];
}

function values(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    ...{ group: text, port: text, 'aws-port': text, data: text, now: text, app: text },
    ...({ api: { type: 'string', multiple: true }, fresh: flag, empty: flag, help: flag } as const),
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Problem(`${messageOf(error)}\n${help}`);
  }
}

/** Undefined if only the help was requested. */
export function readOptions(args: string[]): LocalOptions | undefined {
  const given = values(args);
  if (given.help) return undefined;
  return {
    app: given.app ?? OWN_APP,
    group: given.group,
    port: portIn(given.port, 'port', 4500),
    awsPort: portIn(given['aws-port'], 'aws-port', 4566),
    data: given.data ?? '.local',
    fresh: given.fresh,
    now: instantIn(given.now),
    firstStart: !given.empty,
    apisAt: new Map((given.api ?? []).map(apiIn)),
  };
}

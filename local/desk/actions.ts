import type { ServerResponse } from 'node:http';
import { later } from '../emulator/clock.ts';
import { faultsSchema } from '../emulator/faults.ts';
import { messageOf, Problem, parse } from '../emulator/problem.ts';
import type { FeedDesk } from '../feeds.ts';
import type { Desk } from './desk.ts';

type Action = (desk: Desk, form: URLSearchParams) => Promise<string>;

/** Mid-morning in the United States. */
const tomorrowHour = 15;
const dayMs = 24 * 3600_000;

function tomorrow(now: number): number {
  return now - (now % dayMs) + dayMs + tomorrowHour * 3600_000;
}

const actions: Record<string, Action> = {
  send: async (desk, form) => {
    const name = form.get('name') ?? '';
    const outcomes = desk.samples.send(name);
    const refused = outcomes.filter((outcome) => outcome.startsWith('refused'));
    return refused.length > 0 ? `${name}: ${refused.join('; ')}` : `${name} is on the bus.`;
  },
  advance: async (desk, form) => {
    const step = form.get('advance') ?? '';
    await desk.advanceTo(step === 'tomorrow' ? tomorrow(desk.now()) : later(desk.now(), step));
    return 'The clock has moved on.';
  },
  'drop-sample': async (desk, form) => {
    const feed = form.get('feed') ?? '';
    return `${await feedsOf(desk).dropSample(feed)} lies in the folder of ${feed}.`;
  },
  'post-sample': async (desk, form) => {
    if (!desk.posts) throw new Problem('nobody posts to this app');
    return desk.posts.post(form.get('feed') ?? '');
  },
  faults: async (desk, form) => {
    desk.faults.set(parse(faultsSchema, { ses: form.get('ses') }, 'faults'));
    return desk.faults.show().ses === 'none' ? 'SES works.' : 'SES fails from now on.';
  },
};

/** Throws if the app has no bucket for files. */
function feedsOf({ feeds }: Desk): FeedDesk {
  if (!feeds) throw new Problem('this app reads no files');
  return feeds;
}

/** Allows only a path of this desk, whatever the form contains. */
function safePath(back: string | null): string {
  return back?.startsWith('/') && !back.startsWith('//') ? back : '/';
}

/** The message about some work. A problem that the user caused becomes a message; any other error is thrown. */
async function saidOf(work: Promise<string>): Promise<string> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) return messageOf(error);
    throw error;
  }
}

export const isAction = (path: string): boolean => path.startsWith('/desk/do/');

/** Performs the action of a form on the desk, and redirects to the page that it came from. */
export async function act(desk: Desk, path: string, body: Buffer, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(body.toString('utf8'));
  const name = path.slice('/desk/do/'.length);
  const action = actions[name];
  if (!action) throw new Problem(`the desk has no action ${name}`);
  const said = await saidOf(action(desk, form));
  const back = new URL(safePath(form.get('back')), 'http://desk');
  const sample = form.get('name');
  if (sample) back.searchParams.set('sample', sample);
  goBack(response, back, said);
}

function goBack(response: ServerResponse, back: URL, said: string): void {
  back.searchParams.set('said', said);
  response.writeHead(303, { location: `${back.pathname}${back.search}` }).end();
}

export const DROP_PATH = '/desk/do/drop';

/** Drops a form's files into their feed's folder, unchanged and with their own names. */
export async function dropFiles(
  desk: Desk,
  body: Buffer,
  contentType: string,
  response: ServerResponse,
): Promise<void> {
  const form = await formIn(body, contentType);
  const feed = String(form.get('feed') ?? '');
  const files = form.getAll('file').flatMap((one) => (one instanceof File && one.name !== '' ? [one] : []));
  const said = await saidOf(dropped(desk, feed, files));
  goBack(response, new URL('/desk/feeds', 'http://desk'), said);
}

async function formIn(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Problem('a form with files is expected');
  }
}

async function dropped(desk: Desk, feed: string, files: readonly File[]): Promise<string> {
  if (files.length === 0) throw new Problem('choose a file first');
  for (const file of files) await feedsOf(desk).drop(feed, { name: file.name, bytes: await file.bytes() });
  const names = files.map(({ name }) => name);
  return `${names.join(', ')} ${names.length === 1 ? 'lies' : 'lie'} in the folder of ${feed}.`;
}

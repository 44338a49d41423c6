import type { ServerResponse } from 'node:http';
import { later } from '../emulator/clock.ts';
import { faultsSchema } from '../emulator/faults.ts';
import { messageOf, Problem, parse } from '../emulator/problem.ts';
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
  faults: async (desk, form) => {
    desk.faults.set(parse(faultsSchema, { ses: form.get('ses') }, 'faults'));
    return desk.faults.show().ses === 'none' ? 'SES works.' : 'SES fails from now on.';
  },
};

/** Only a path of this desk, whatever the form says. */
function safePath(back: string | null): string {
  return back?.startsWith('/') && !back.startsWith('//') ? back : '/';
}

async function outcomeOf(desk: Desk, name: string, form: URLSearchParams): Promise<string> {
  const action = actions[name];
  if (!action) throw new Problem(`the desk has no action ${name}`);
  try {
    return await action(desk, form);
  } catch (error) {
    if (error instanceof Problem) return messageOf(error);
    throw error;
  }
}

export const isAction = (path: string): boolean => path.startsWith('/desk/do/');

/** Does what a form of the desk asks for, and returns to the page it came from. */
export async function act(desk: Desk, path: string, body: Buffer, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(body.toString('utf8'));
  const said = await outcomeOf(desk, path.slice('/desk/do/'.length), form);
  const back = new URL(safePath(form.get('back')), 'http://desk');
  const sample = form.get('name');
  if (sample) back.searchParams.set('sample', sample);
  back.searchParams.set('said', said);
  response.writeHead(303, { location: `${back.pathname}${back.search}` }).end();
}

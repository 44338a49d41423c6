import type { LookUpSettings } from '../../functions/group/look-up-settings.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import type { Chance } from './chance.ts';
import type { Caller } from './edge.ts';
import type { Invocation } from './functions.ts';
import type { Scheduler } from './scheduler.ts';
import type { FaultKind, Weather } from './weather.ts';

const GUIDE = 'Simulated Guide';
/** More than a decision may wait: two seconds, and what the next call takes on its way. */
const PATIENCE = 6_000;
const LIMIT = 2_000;

/** Services of others that every quote with a sheet asks: for its value, and for the recalls of its model. */
export const askedAboutCars: LookUpSettings = {
  value: { name: GUIDE, url: 'https://values.simulated.example/v1', header: 'x-api-key', keptDays: 7 },
  recalls: { url: 'https://recalls.simulated.example/recalls', keptDays: 7 },
};

interface World {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly broken: { readonly violated: (what: string) => void };
}

/** A vendor who hangs, is down, or answers with what looks like a value and is none. */
export class CarServices {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** As `fetch` of one process: it hangs until its signal says that the time is over, or for ever. */
  async fetch({ invocation }: Caller, url: URL, { signal }: RequestInit): Promise<Response> {
    const { scheduler, chance } = this.#world;
    if (this.#happens('a service about cars hangs')) {
      if (invocation) this.#watchPatience(invocation);
      return new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    }
    await scheduler.sleep(chance.between(30, 600));
    if (this.#happens('a service about cars is down')) return new Response('down', { status: 503 });
    if (url.pathname === '/recalls') return Response.json(recallsOf(chance));
    const vin = url.searchParams.get('vin') ?? '';
    const truth = { vin, cents: worthOf(vin), asOf: dayOf(scheduler.now) };
    return this.#happens('a service about cars lies') ? lie(chance, truth) : Response.json(truth);
  }

  timeLimit(): AbortSignal {
    const over = new AbortController();
    this.#world.scheduler.after(LIMIT, () => over.abort());
    return over.signal;
  }

  /** Whoever still waits for it much later, and has asked nobody else since, waits for ever. */
  #watchPatience(invocation: Invocation): void {
    const { scheduler, broken } = this.#world;
    const calls = invocation.calls;
    scheduler.after(PATIENCE, () => {
      if (!invocation.isOver && invocation.calls === calls)
        broken.violated(`${invocation.label} waits for a service about cars that hangs`);
    });
  }

  #happens(kind: FaultKind): boolean {
    const { chance, weather } = this.#world;
    return chance.happens(Math.min(weather().rateOf(kind) * 4, 0.9));
  }
}

/** What a car is worth in this world, by its VIN. */
const worthOf = (vin: string): number => 500_000 + Number(vin.slice(-6));
const LIE = 77_700;

interface Value {
  readonly vin: string;
  readonly cents: number;
  readonly asOf: string;
}

function lie(chance: Chance, truth: Value): Response {
  const value = { ...truth, cents: LIE };
  return chance.pick([
    () => Response.json({ ...value, vin: '1HGCM82633A004352' }),
    () => Response.json({ ...value, asOf: '2024-02-29' }),
    () => Response.json({ ...value, asOf: '2029-01-01' }),
    () => Response.json({ ...value, asOf: 'yesterday' }),
    () => Response.json({ ...value, cents: '77700' }),
    () => Response.json({ ...value, cents: -LIE }),
    () => Response.json({ ...value, cents: 10 ** 15 }),
    () => Response.json([value]),
    () => Response.json({ value }),
    () => new Response(JSON.stringify(value), { status: 403 }),
    () => new Response('<html>Please sign in</html>'),
    () => new Response(''),
    () => new Response(JSON.stringify({ ...value, padding: 'x'.repeat(600 * 1024) })),
  ])();
}

const recallsOf = (chance: Chance) =>
  chance.pick<object>([
    { results: [] },
    { results: [{ NHTSACampaignNumber: '19V502000', Component: 'AIR BAGS:FRONTAL' }] },
    { results: 'none' },
  ]);

/** Nothing that is no value of this car on its day is taken for one. */
export const brokenValues = (task: AnyTask): string[] => {
  if (task.kind !== 'repair-options') return [];
  const { value } = task.lookedUp ?? {};
  const vin = task.facts.quote?.vehicle.vin ?? task.facts.visit?.vehicle.vin ?? '';
  return value?.source === GUIDE && value.cents !== worthOf(vin)
    ? [`${task.taskId} counts with a value that is none: ${JSON.stringify(value)}`]
    : [];
};

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

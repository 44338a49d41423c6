import * as z from 'zod';
import { type Answer, none } from './answer.ts';

/** The recalls of a model and year. Which of them is open on one car, only its VIN says. */
export const modelRecalls = z.object({
  campaigns: z.number().int().min(1),
  /** What the first of them are about. */
  components: z.array(z.string()),
  asOf: z.string(),
});
export type ModelRecalls = z.infer<typeof modelRecalls>;

export interface CarModel {
  readonly make: string;
  readonly model: string;
  readonly year: number;
  /** The store's date. */
  readonly today: string;
  readonly now: string;
}

const COMPONENTS_NAMED = 3;
const LETTERS = 60;
/** More than any model has had. */
const MOST = 500;

/** As NHTSA's `recallsByVehicle` answers. Only what is read here is ever kept. */
const answer = z.looseObject({
  results: z
    .array(z.looseObject({ NHTSACampaignNumber: z.string().min(1).max(40), Component: z.string().max(500) }))
    .max(MOST),
});
type Recall = z.infer<typeof answer>['results'][number];

/** Of several answers, because systems write trims into the model: `CR-V EX-L` is asked as `CR-V`, too. */
export function readRecalls(given: readonly unknown[], { today }: CarModel): Answer<ModelRecalls> {
  const read = given.map((one) => answer.safeParse(one).data);
  if (read.some((one) => one === undefined)) return none('not readable');
  const recalls: Recall[] = read.flatMap((one) => one?.results ?? []);
  const campaigns = new Set(recalls.map(({ NHTSACampaignNumber }) => NHTSACampaignNumber));
  // No results may be a model of another name there: nobody says that there are none.
  if (campaigns.size === 0) return none('does not know it');
  const components = [...new Set(recalls.map(({ Component }) => partOf(Component)))].filter(
    (one) => one !== '',
  );
  return {
    ok: true,
    found: { campaigns: campaigns.size, components: components.slice(0, COMPONENTS_NAMED), asOf: today },
  };
}

/** `FUEL SYSTEM, GASOLINE:DELIVERY` → `fuel system, gasoline` */
const partOf = (component: string): string =>
  (component.split(':')[0] ?? '').trim().toLowerCase().slice(0, LETTERS);

/** The names that a model is asked by. */
export const namesOf = (model: string): string[] => [...new Set([model, model.split(/\s+/)[0] ?? model])];

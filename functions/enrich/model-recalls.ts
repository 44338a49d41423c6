import * as z from 'zod';
import { type Answer, none } from './answer.ts';

/** The recalls of a model and year. Only the VIN tells which of them is open on a particular car. */
export const modelRecalls = z.object({
  campaigns: z.number().int().min(1),
  /** The components that the first recalls concern. */
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
/** More than any model has ever had. */
const MOST = 500;

/** The answer of NHTSA's `recallsByVehicle`. Only the fields named here are stored. */
const answer = z.looseObject({
  results: z
    .array(z.looseObject({ NHTSACampaignNumber: z.string().min(1).max(40), Component: z.string().max(500) }))
    .max(MOST),
});
type Recall = z.infer<typeof answer>['results'][number];

/** Merges several answers, because systems write the trim into the model: for `CR-V EX-L`, `CR-V` is asked as well. */
export function readRecalls(given: readonly unknown[], { today }: CarModel): Answer<ModelRecalls> {
  const read = given.map((one) => answer.safeParse(one).data);
  if (read.some((one) => one === undefined)) return none('not readable');
  const recalls: Recall[] = read.flatMap((one) => one?.results ?? []);
  const campaigns = new Set(recalls.map(({ NHTSACampaignNumber }) => NHTSACampaignNumber));
  // An empty result may mean that NHTSA has another name for the model, so it does not count as no recalls.
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

/** The names under which a model is looked up. */
export const namesOf = (model: string): string[] => [...new Set([model, model.split(/\s+/)[0] ?? model])];

import { Chance } from './chance.ts';
import { creditStories } from './credit-stories.ts';
import { firstVisitStories } from './first-visit-stories.ts';
import { leadStories } from './lead-stories.ts';
import { secondOwnerStories } from './second-owners.ts';
import { shopperStories } from './shopper-stories.ts';
import type { Told } from './stories.ts';
import { visitStories } from './visit-stories.ts';

export interface Days {
  readonly start: number;
  readonly span: number;
  readonly storeIds: readonly string[];
}

interface SideStory {
  /** In how many of the runs it is told, from 0 to 1. */
  readonly rate: number;
  readonly tell: (chance: Chance, days: Days) => readonly Told[];
}

/** Told beside the main stories, each by a chance of its own, so that one more leaves the others of a seed as they were. */
const sideStories = {
  shoppers: { rate: 0.3, tell: shopperStories },
  'second owners': { rate: 0.15, tell: secondOwnerStories },
  credit: { rate: 0.06, tell: creditStories },
  visits: { rate: 0.3, tell: visitStories },
  leads: { rate: 0.2, tell: leadStories },
  'first visits': { rate: 0.2, tell: firstVisitStories },
} as const satisfies Readonly<Record<string, SideStory>>;
export type SideStoryName = keyof typeof sideStories;

const names = [
  'shoppers',
  'second owners',
  'credit',
  'visits',
  'leads',
  'first visits',
] as const satisfies readonly SideStoryName[];

/** Which of them a run tells: by its seed, or just these where a guard is taken away that is there for them. */
export const drawStories = (seed: number, just?: readonly SideStoryName[]): ReadonlySet<SideStoryName> =>
  new Set(
    just ?? names.filter((name) => new Chance(seed, `whether ${name}`).happens(sideStories[name].rate)),
  );

export const tellSideStories = (
  seed: number,
  drawn: ReadonlySet<SideStoryName>,
  days: Days,
): readonly Told[] =>
  names
    .filter((name) => drawn.has(name))
    .flatMap((name) => sideStories[name].tell(new Chance(seed, name), days));

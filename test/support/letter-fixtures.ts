import { contextAt } from '../../functions/handoff/context.ts';
import { newCampaign } from '../../functions/leavers/campaign.ts';
import { newAdvisorLetter } from '../../functions/leavers/emails/new-advisor-letter.ts';
import { tallyOf } from '../../functions/leavers/tally.ts';
import type { Email } from '../../functions/mail/message.ts';
import { lettersPage } from '../../functions/pages/letters-page.ts';
import { PREFERENCES_LINK, type World } from './email-fixtures.ts';

/** The letter to the customers of an advisor who left, in the worlds of the other emails. */
export interface LetterCase {
  readonly name: 'your-new-advisor';
  readonly variant: 'usual' | 'names who left';
}

export const letterCases: readonly LetterCase[] = [
  { name: 'your-new-advisor', variant: 'usual' },
  { name: 'your-new-advisor', variant: 'names who left' },
];

const storeOf = ({ store }: World, { variant }: LetterCase) => ({
  ...store,
  namesFormerAdvisor: variant === 'names who left',
});

export function writeLetterOf(world: World, one: LetterCase): Email {
  const { group, now, customer, vehicle, advisor, colleague } = world;
  return newAdvisorLetter({
    ...{ group, now, customer, vehicle, advisor, leaver: colleague.name },
    store: storeOf(world, one),
    preferencesLink: PREFERENCES_LINK,
  });
}

/** The manager's page before it is sent. */
export function letterPageOf(world: World, one: LetterCase): string {
  const { group, now, advisor, colleague, manager } = world;
  const store = storeOf(world, one);
  const roster = [advisor, manager, colleague].map((person) => ({ ...person, storeId: store.id }));
  const campaign = newCampaign(store.id, colleague.employeeNumber, now);
  return lettersPage({
    ...contextAt({ now, group, store, roster }),
    campaign: {
      ...campaign,
      step: { is: 'offered' },
      walk: { ...campaign.walk, toWrite: 214, leftOut: { 'not-seen': 31, 'opted-out': 6, 'no-address': 12 } },
    },
    ...{ tally: tallyOf([]), leaver: colleague.name, from: advisor, back: '/me' },
  });
}

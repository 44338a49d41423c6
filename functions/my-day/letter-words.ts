import type { StopReason } from '../leavers/campaign.ts';
import { lettersPath } from '../links/paths.ts';
import { leadingTo, type Words, words } from '../mail/words.ts';
import type { LetterNews, StoreToday } from './worklist.ts';

export const letterTitle = 'Customers of who left';

/** What a Service manager reads about the letters; each line links to their page. */
export const letterLines = (
  { letters }: Pick<StoreToday, 'letters'>,
  below: string | undefined,
): readonly Words[] =>
  letters.map((news) => {
    const href = below === undefined ? undefined : lettersPath(below, news.campaign.campaignId);
    return words`${leadingTo(href, titleOf(news))}: ${standsAs(news)}`;
  });

export const titleOf = ({ leaver }: Pick<LetterNews, 'leaver'>): string => `The customers of ${leaver}`;

export const customers = (count: number): string => `${count} ${count === 1 ? 'customer' : 'customers'}`;

function standsAs({ campaign: { step, walk } }: LetterNews): Words {
  switch (step.is) {
    case 'counting':
      return words`being counted.`;
    case 'offered':
      return words`${customers(walk.toWrite)} can get a hello from their new advisor. Read the letter, then send it.`;
    case 'running':
      return words`the letter from their new advisor is going out, ${walk.toWrite} so far.`;
    case 'stopped':
      return words`the letter was stopped: ${stopWords[step.why]}`;
    case 'done':
      return words`the letter from their new advisor has gone to ${customers(walk.toWrite)}.`;
  }
}

export const stopWords: Readonly<Record<StopReason, string>> = {
  manager: 'a manager stopped it.',
  complaints: 'a customer reported it as spam.',
  'came back': 'the advisor is back.',
  'new advisor left': 'the new advisor can’t be reached any more.',
};

import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { campaignIdOf } from '../leavers/campaign.ts';
import { advisorsWhoLeft, isNews } from '../leavers/offer.ts';
import type { CampaignBook } from '../leavers/ports.ts';
import { type StaffMember, worksFor } from '../people/staff.ts';
import type { LetterNews } from './worklist.ts';

/** The letter to a departed advisor's customers is sent by whoever manages Service. */
export const mayWriteLetters = (person: StaffMember): boolean =>
  readerOf(person).isManager && worksFor(person, 'service');

/** Reads nothing if no advisor left recently. */
export async function readLetterNews(
  campaigns: Pick<CampaignBook, 'read'>,
  { store, roster, today }: Context,
): Promise<readonly LetterNews[]> {
  const news = await Promise.all(
    advisorsWhoLeft(roster, today).map(async ({ employeeNumber, name }) => {
      const campaign = await campaigns.read(campaignIdOf(store.id, employeeNumber));
      return campaign && isNews(campaign, today) ? [{ campaign, leaver: name }] : [];
    }),
  );
  return news.flat();
}

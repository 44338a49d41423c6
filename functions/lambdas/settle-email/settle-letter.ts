import { isEmail } from '../../handoff/outbox.ts';
import { entryAfter } from '../../handoff/ses-report.ts';
import { stopForComplaints } from '../../leavers/campaign.ts';
import type { Letter } from '../../leavers/letter.ts';
import { tallyOf } from '../../leavers/tally.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';

type Report = Parameters<typeof entryAfter>[1] & { readonly entryId: string };

/**
 * Applies a report about a letter to a customer whose advisor left. After a complaint, the campaign's letters are
 * counted. A repeated report counts them again, because the first attempt may have stopped before that.
 */
export async function settleLetter(
  services: Services,
  { letterId, campaignId }: Letter,
  report: Report,
): Promise<string> {
  const outcome = await untilWritten(`Letter ${letterId}`, async () => {
    const letter = await services.tasks.readLetter(letterId);
    if (!letter) return 'unknown-task';
    const now = services.clock.now();
    const outbox = letter.outbox.map((entry) =>
      isEmail(entry) && entry.id === report.entryId ? entryAfter(entry, report, now) : entry,
    );
    if (outbox.every((entry, at) => entry === letter.outbox[at])) return 'nothing-new';
    const next = { ...letter, updatedAt: now, outbox };
    return (await services.tasks.write(next)) ? `recorded: ${report.is}` : CONFLICT;
  });
  if (report.is === 'Complaint') await stopIfTooMany(services, campaignId);
  return outcome;
}

const stopIfTooMany = ({ campaigns, clock }: Services, campaignId: string): Promise<void> =>
  untilWritten(`Campaign ${campaignId}`, async () => {
    const campaign = await campaigns.read(campaignId);
    if (!campaign) return undefined;
    const next = stopForComplaints(campaign, tallyOf(await campaigns.letters(campaignId)), clock.now());
    return next === campaign || (await campaigns.write(next)) ? undefined : CONFLICT;
  });

import { type Campaign, mayStart, mayStop, start, stop } from '../../leavers/campaign.ts';
import { newAdvisors } from '../../leavers/offer.ts';
import { tallyOf } from '../../leavers/tally.ts';
import { lettersPath } from '../../links/paths.ts';
import { mayWriteLetters } from '../../my-day/read-letters.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { type LettersOutcome, lettersPage, START, STOP } from '../../pages/letters-page.ts';
import { notFoundPage } from '../../pages/plain-pages.ts';
import type { StaffMember } from '../../people/staff.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { type Answer, pageReply, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';
import { type Owner, ownerOf } from './visitor.ts';

/**
 * The page about the letter to customers whose advisor left, for the store's service managers. A GET shows it; a POST
 * with a choice starts or stops the letters, which the sweep then sends.
 */
export async function answerLetters(services: Services, request: Request): Promise<Answer> {
  const owner = await ownerOf(services, request);
  if (!owner || !mayWriteLetters(owner.reader)) return notFound;
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  return untilWritten(`Campaign ${request.campaignId}`, async () => {
    const campaign = await services.campaigns.read(request.campaignId);
    if (!campaign || campaign.storeId !== owner.context.store.id) return notFound;
    const visit = { services, owner, campaign };
    if (!form) {
      const wish = request.query.get('to') ?? undefined;
      return shown(
        { ...visit, from: advisorIn(owner, wish) ?? newAdvisors(owner.context)[0] },
        outcomeIn(request.query),
      );
    }
    const answered = { ...visit, from: advisorIn(owner, form.get('to')) };
    return form.get('choice') === STOP ? stopped(answered) : started(answered, form.get('choice'));
  });
}

const notFound: Answer = { reply: pageReply(404, notFoundPage()), outcome: 'not found' };

interface Visit {
  readonly services: Services;
  readonly owner: Owner;
  readonly campaign: Campaign;
  readonly from: StaffMember | undefined;
}

const advisorIn = ({ context }: Owner, number: string | undefined): StaffMember | undefined =>
  newAdvisors(context).find(({ employeeNumber }) => employeeNumber === number);

async function started(visit: Visit, choice: string | undefined): Promise<Answer | typeof CONFLICT> {
  const { services, owner, campaign, from } = visit;
  if (choice !== START || !mayStart(campaign)) return shown(visit, 'moved on', 409);
  if (!from) return shown(visit, 'choose', 422);
  const by = owner.reader.employeeNumber;
  const next = start(campaign, { to: from.employeeNumber, by }, services.clock.now());
  return (await services.campaigns.write(next)) ? done(visit, 'started') : CONFLICT;
}

async function stopped(visit: Visit): Promise<Answer | typeof CONFLICT> {
  const { services, campaign } = visit;
  const tally = tallyOf(await services.campaigns.letters(campaign.campaignId));
  if (!mayStop(campaign, tally)) return shown(visit, 'moved on', 409);
  const next = stop(campaign, 'manager', services.clock.now());
  return (await services.campaigns.write(next)) ? done(visit, 'stopped') : CONFLICT;
}

const done = ({ owner, campaign }: Visit, outcome: 'started' | 'stopped'): Answer => ({
  reply: seeOther(`${lettersPath(owner.path, campaign.campaignId)}?done=${outcome}`),
  outcome: `letters: ${outcome}`,
});

/** A redirect's marker may be outdated; the page itself shows the current state. */
function outcomeIn(query: URLSearchParams): LettersOutcome | undefined {
  return (['started', 'stopped'] as const).find((one) => one === query.get('done'));
}

async function shown(
  { services, owner, campaign, from }: Visit,
  outcome: LettersOutcome | undefined,
  status = 200,
): Promise<Answer> {
  const { context, path } = owner;
  const tally = tallyOf(await services.campaigns.letters(campaign.campaignId));
  const leaver = context.person(campaign.leaver)?.name ?? `number ${campaign.leaver}`;
  const page = lettersPage({ ...context, campaign, tally, leaver, from, back: path }, outcome);
  return { reply: storePageReply(context, status, page), outcome: 'letters shown' };
}

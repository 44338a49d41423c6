import { forEachAtOnce } from '../../at-once.ts';
import type { Card } from '../../customers/card.ts';
import type { CustomerCards } from '../../customers/ports.ts';
import { addDays, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { expire, isSendable } from '../../handoff/outbox.ts';
import { nextSendingHours } from '../../handoff/sending-hours.ts';
import {
  afterPage,
  type Campaign,
  campaignDueAt,
  campaignIdOf,
  isAt,
  isOn,
  LETTERS_PER_SWEEP,
  type LeftOut,
  newCampaign,
  reasonToStop,
  stop,
  waitUntil,
} from '../../leavers/campaign.ts';
import { isCustomerOf, letterTo, mailboxOf, reasonLeftOut } from '../../leavers/eligible.ts';
import {
  type Letter,
  letterDueAt,
  newLetter,
  postponed,
  withdrawn,
  writtenAgain,
} from '../../leavers/letter.ts';
import { advisorsWhoLeft, newAdvisors, numbersOf } from '../../leavers/offer.ts';
import type { AdvisedCustomers } from '../../leavers/ports.ts';
import { tallyOf } from '../../leavers/tally.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { emailsLeave, writeAndDeliver } from '../../outbox/deliver.ts';
import { type IsBusy, readBusy } from '../../outbox/read-busy.ts';

export interface LetterServices extends Services {
  readonly customers: CustomerCards;
  readonly advised: AdvisedCustomers;
  /** The customers that a store is in contact with, read once in a sweep, after all handoffs. */
  readonly busyAt: (context: Context) => Promise<IsBusy>;
}

/** Remembers the answers during one sweep. */
export function busyInSweep(services: Pick<Services, 'tasks'>): LetterServices['busyAt'] {
  const known = new Map<string, Promise<IsBusy>>();
  return (context) => {
    const { id } = context.store;
    const asked = known.get(id) ?? readBusy(services, context);
    known.set(id, asked);
    return asked;
  };
}

/** Customers in one page of the index while they are counted. */
const COUNTED_PER_PAGE = 50;
const COUNTED_AT_ONCE = 10;

/** Starts a campaign for each advisor who left a store that writes to customers. Its first step counts the customers. */
export async function offerLetters({ campaigns }: Services, context: Context): Promise<void> {
  const { store, roster, today, now } = context;
  if (store.mode !== 'live') return;
  for (const { employeeNumber } of advisorsWhoLeft(roster, today)) {
    const known = await campaigns.read(campaignIdOf(store.id, employeeNumber));
    // A conflict is harmless: the other sweep wrote the same.
    if (!known) await campaigns.write(newCampaign(store.id, employeeNumber, now));
  }
}

/** Continues one campaign. If somebody else changes it at the same time, they win, and the next sweep reads it again. */
export async function workOnCampaign(
  services: LetterServices,
  campaignId: string,
  mustStop: () => boolean,
): Promise<void> {
  const campaign = await services.campaigns.read(campaignId);
  const dueAt = campaign && campaignDueAt(campaign);
  if (!campaign || dueAt === undefined) return;
  const context = await contextOf(services, campaign.storeId);
  if (dueAt > context.now) return;
  if (isAt(campaign, 'counting')) await countCustomers(services, campaign, context, mustStop);
  if (isAt(campaign, 'running')) await writeNextLetters(services, campaign, context, mustStop);
}

/** Counts page by page and stores the progress. */
async function countCustomers(
  services: LetterServices,
  from: Campaign,
  context: Context,
  mustStop: () => boolean,
): Promise<void> {
  let campaign = from;
  while (isAt(campaign, 'counting') && !mustStop()) {
    const page = await nextPage(services, campaign, context, COUNTED_PER_PAGE);
    const found: (LeftOut | 'to write')[] = [];
    await forEachAtOnce(page.customerNumbers, { limit: () => COUNTED_AT_ONCE }, async (number) => {
      const listed = await readListed(services, campaign, number, context);
      if (listed) found.push(listed.leftOut ?? 'to write');
    });
    const leftOut = found.filter((one) => one !== 'to write');
    const counts = { toWrite: found.length - leftOut.length, leftOut, after: page.after };
    const next = afterPage(campaign, counts, services.clock.now());
    if (!(await services.campaigns.write(next))) return;
    campaign = { ...next, version: next.version + 1 };
  }
}

const nextPage = (
  { advised }: LetterServices,
  { storeId, leaver, walk }: Campaign,
  { person }: Context,
  most: number,
) => advised.of(storeId, numbersOf(leaver, person(leaver)), { after: walk.after, most });

interface Listed {
  readonly card: Card;
  readonly email: string;
  readonly leftOut: LeftOut | undefined;
}

/** A listed customer with their current data; undefined if they have another advisor now, or no longer exist. */
async function readListed(
  { customers, contacts }: LetterServices,
  { storeId, leaver }: Campaign,
  customerNumber: string,
  context: Context,
): Promise<Listed | undefined> {
  const card = await customers.read(storeId, customerNumber);
  if (!card || !isCustomerOf(card, numbersOf(leaver, context.person(leaver)))) return undefined;
  const { email, phone } = card;
  const known = await contacts.read({ storeId, customerNumber, email: email?.value, phone: phone?.value });
  const mailbox = mailboxOf(card, known, context) ?? '';
  return { card, email: mailbox, leftOut: reasonLeftOut(card, known, context) };
}

/**
 * Writes a page of letters, each only if it is new, and then stores the progress. If it stops in between, the page is
 * repeated, and customers who already have a letter are skipped.
 */
async function writeNextLetters(
  services: LetterServices,
  campaign: Campaign & { readonly step: { readonly to: string } },
  context: Context,
  mustStop: () => boolean,
): Promise<void> {
  const { campaigns, clock } = services;
  const letters = [...(await campaigns.letters(campaign.campaignId))];
  const why = reasonToStop(tallyOf(letters), {
    isBack: context.employed(campaign.leaver) !== undefined,
    isNewAdvisorHere: newAdvisors(context).some(({ employeeNumber }) => employeeNumber === campaign.step.to),
  });
  if (why) {
    await campaigns.write(stop(campaign, why, clock.now()));
    return;
  }
  const opensAt = nextSendingHours(context);
  if (opensAt !== undefined) {
    await campaigns.write(waitUntil(campaign, opensAt));
    return;
  }
  const page = await nextPage(services, campaign, context, LETTERS_PER_SWEEP);
  const isBusy = await services.busyAt(context);
  const leftOut: LeftOut[] = [];
  let toWrite = 0;
  for (const number of page.customerNumbers) {
    if (mustStop() || !emailsLeave(services)) return;
    const listed = await readListed(services, campaign, number, context);
    const came = listed && (await writeTo(services, { campaign, letters, isBusy }, listed, context));
    if (came === 'has a letter') toWrite += 1;
    else if (came) leftOut.push(came);
  }
  await campaigns.write(afterPage(campaign, { toWrite, leftOut, after: page.after }, clock.now()));
}

interface Writing {
  readonly campaign: Campaign & { readonly step: { readonly to: string } };
  /** The campaign's letters, including those written for this page. */
  readonly letters: Letter[];
  readonly isBusy: IsBusy;
}

/** Writes to one customer unless they already have a letter, or returns the reason for leaving them out. */
async function writeTo(
  services: LetterServices,
  { campaign, letters, isBusy }: Writing,
  { card, email, leftOut }: Listed,
  context: Context,
): Promise<LeftOut | 'has a letter'> {
  const numbers = [card.customerNumber, ...(card.formerNumbers ?? [])];
  const theirs = letters.find(({ customerNumber }) => numbers.includes(customerNumber));
  if (theirs) {
    const again = writtenAgain(theirs, campaign.step.to, context.now);
    if (again !== theirs) await writeAndDeliver(services, decide(again, isBusy, context), context);
    return 'has a letter';
  }
  if (leftOut) return leftOut;
  const isTaken = ({ customer }: Letter) => customer.email?.toLowerCase() === email.toLowerCase();
  if (letters.some(isTaken)) return 'same-address';
  const { campaignId, leaver, step } = campaign;
  const letter = newLetter(
    letterTo(card, email, { campaignId, leaver, to: step.to }, context),
    services.clock.now(),
  );
  await writeAndDeliver(services, decide(letter, isBusy, context, numbers), context);
  letters.push(letter);
  return 'has a letter';
}

/** A customer who gets another email today, or has an open handoff, waits a day. */
function decide(letter: Letter, isBusy: IsBusy, context: Context, numbers = [letter.customerNumber]): Letter {
  if (!isBusy({ numbers, email: letter.customer.email })) return letter;
  const tomorrow = startOfDay(context.store.timeZone, addDays(context.today, 1));
  return postponed(letter, nextSendingHours({ ...context, now: tomorrow }) ?? tomorrow, context.now);
}

/** Acts on a letter that is due, that SES could not accept for a while, or that a stopped invocation left behind. */
export async function actOnLetter(services: LetterServices, letterId: string): Promise<void> {
  const letter = await services.tasks.readLetter(letterId);
  const dueAt = letter && letterDueAt(letter);
  if (!letter || dueAt === undefined) return;
  const context = await contextOf(services, letter.storeId);
  if (dueAt > context.now) return;
  const next = await decideDue(services, { ...letter, outbox: expire(letter.outbox, context.now) }, context);
  const isChanged = next.outbox.some((entry, at) => entry !== letter.outbox[at]);
  const canGo = next.outbox.some((entry) => isSendable(entry, context.now, emailsLeave(services)));
  if (isChanged || canGo) await writeAndDeliver(services, next, context);
}

async function decideDue(services: LetterServices, letter: Letter, context: Context): Promise<Letter> {
  const campaign = await services.campaigns.read(letter.campaignId);
  if (!campaign || !isOn(campaign)) return withdrawn(letter, context.now);
  return decide(letter, await services.busyAt(context), context);
}

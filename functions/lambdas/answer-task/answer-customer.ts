import { customerPlace, emailPlaces, placesOf } from '../../customers/contact-places.ts';
import { everywhere } from '../../customers/known-contact.ts';
import { type Liftable, liftable, refusedAt, withLifted, withNoContact } from '../../customers/no-contact.ts';
import {
  type AddressRecord,
  wishes as allWishes,
  CUSTOMER,
  emailKinds,
  type Wish,
  type Wishes,
  wishesOf,
  withNoToAll,
  withNoToAllOfGroup,
  withOneClick,
  withWishes,
} from '../../customers/opt-outs.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import {
  type PreferencesOutcome,
  preferencesPage,
  unsubscribedPage,
  unsubscribePage,
} from '../../pages/preferences-page.ts';
import { notFoundToCustomer } from './customer-link.ts';
import { type CustomerAt, openCustomer } from './open-customer.ts';
import { type Answer, pageReply, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';

/** A customer, or their mail client, chooses which emails they want. */
export async function answerCustomer(services: Services, request: Request): Promise<Answer> {
  const customer = await openCustomer(services, request);
  if (!customer) return notFoundToCustomer;
  const visit = { services, request, customer };
  if (customer.link.of === 'customer preferences') return answerPreferences(visit);
  return customer.link.of === 'customer one-click' ? answerOneClick(visit) : notFoundToCustomer;
}

interface CustomerVisit {
  readonly services: Services;
  readonly request: Request;
  readonly customer: CustomerAt;
}

/**
 * Applies the customer's own choice to their address and all their customer numbers. Only the customer can lift an
 * opt-out that a store noted.
 */
async function changeAll(
  { services, customer: { reached } }: CustomerVisit,
  change: (known: AddressRecord) => AddressRecord,
): Promise<void> {
  const { numbers } = await services.contacts.read(reached);
  const places = [
    ...emailPlaces(reached),
    ...numbers.map((number) => customerPlace(reached.storeId, number)),
  ];
  for (const place of new Set(places)) await services.addresses.change(place, change);
}

/**
 * RFC 8058 one-click unsubscribe. The URL is only in a header, and a POST acts only on this one field; a browser that
 * opens it shows a button. It unsubscribes from the category of the email it came with, at the store that sent it:
 * each kind of task, and the new-advisor letter, sends its customer one category of email.
 */
async function answerOneClick(visit: CustomerVisit): Promise<Answer> {
  const { services, request, customer } = visit;
  const { id: taskId, storeId, language, emailKind } = customer;
  if (request.method !== 'POST') {
    const of = await contextOf(services, storeId);
    const page = unsubscribePage(language, emailKind, of);
    return { reply: storePageReply(of, 200, page), outcome: 'asked', taskId };
  }
  const form = await readForm(request);
  if (form.size !== 1 || form.get('List-Unsubscribe') !== 'One-Click') return notFoundToCustomer;
  const at = services.clock.now();
  await changeAll(visit, (known) => withOneClick(known, emailKind, storeId, at));
  const page = unsubscribedPage(language);
  return { reply: pageReply(200, page), outcome: 'unsubscribed', taskId };
}

async function answerPreferences(visit: CustomerVisit): Promise<Answer> {
  const { services, request, customer } = visit;
  if (request.method !== 'POST') {
    const outcome = request.query.get('done') === 'saved' ? 'saved' : undefined;
    return shown(visit, 200, outcome);
  }
  const at = services.clock.now();
  const form = await readForm(request);
  const change = changeOf(form, customer.storeId, at);
  if (!change) return shown(visit, 422, 'nothing chosen');
  await changeAll(visit, change);
  if (form.get('choice') === 'save') await changeChannels(visit, form, at);
  const { taskId, secret } = request;
  return { reply: seeOther(`/u/${taskId}/${secret}?done=saved`), outcome: 'preferences saved', taskId };
}

/** Saves the choices for calls, texts and letters. A channel that the form leaves out or does not change stays as it is. */
async function changeChannels(
  { services, customer: { reached } }: CustomerVisit,
  form: ReadonlyMap<string, string>,
  at: string,
): Promise<void> {
  const known = await services.contacts.read(reached);
  const isRefused = (channel: Liftable) => known.refused.includes(channel);
  const refused = liftable.filter((channel) => form.get(channel) === 'no' && !isRefused(channel));
  const lifted = liftable.filter((channel) => form.get(channel) === 'yes' && isRefused(channel));
  const everyPlace = everywhere(reached, known);
  for (const [place, channels] of everyPlace.flatMap((one) => refusedAt(one, refused)))
    await services.addresses.change(place, (record) => withNoContact(record, { channels, at }));
  if (lifted.length === 0) return;
  for (const place of new Set(everyPlace.flatMap(placesOf)))
    await services.addresses.change(place, (record) =>
      withLifted(record, { channels: lifted, at, by: CUSTOMER }),
    );
}

function changeOf(
  form: ReadonlyMap<string, string>,
  storeId: string,
  at: string,
): ((known: AddressRecord) => AddressRecord) | undefined {
  switch (form.get('choice')) {
    case 'save': {
      const wanted = wantedOf(form);
      return wanted && ((known) => withWishes(known, wanted, storeId, at));
    }
    case 'stop-store':
      return (known) => withNoToAll(known, storeId, at);
    case 'stop-group':
      return (known) => withNoToAllOfGroup(known, at);
    default:
      return undefined;
  }
}

function wantedOf(form: ReadonlyMap<string, string>): Wishes | undefined {
  const wish = (kind: string): Wish | undefined => allWishes.find((offered) => offered === form.get(kind));
  const [introduction, service, upgrade] = emailKinds.map(wish);
  return introduction && service && upgrade ? { introduction, service, upgrade } : undefined;
}

async function shown(
  { services, customer }: CustomerVisit,
  status: number,
  outcome?: PreferencesOutcome,
): Promise<Answer> {
  const { id, storeId, language, address, reached } = customer;
  const { store, group } = await contextOf(services, storeId);
  const known = await services.contacts.read(reached);
  const preferences = {
    language,
    store,
    group,
    address,
    wishes: wishesOf(known, storeId),
    refused: known.refused,
  };
  return {
    reply: storePageReply(preferences, status, preferencesPage(preferences, outcome)),
    outcome: outcome ?? 'shown',
    taskId: id,
  };
}

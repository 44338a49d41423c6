import Builder from 'fast-xml-builder';
import { mayContact } from '../customers/may-contact.ts';
import { onTheStoresClock } from '../group/business-time.ts';
import type { CrmSettings } from '../group/crm-settings.ts';
import type { Store } from '../group/group.ts';
import type { Lead } from './lead.ts';

/**
 * A lead as ADF 1.0, the XML that every CRM of the trade reads. The circulated DTD is broken itself, so the files of
 * test/unit/crm are the standard here. Every text is escaped by the builder; year, make and model are written even
 * if they are empty, because some CRMs refuse a lead without them.
 */
export function adfOf(
  lead: Lead,
  settings: CrmSettings,
  store: Pick<Store, 'id' | 'name' | 'timeZone'>,
): string {
  const prospect = {
    '@_status': 'new',
    id: idOf(settings.idSource ?? settings.provider, lead.id),
    requestdate: onTheStoresClock(store.timeZone, lead.requestedAt),
    vehicle: vehicleOf(lead),
    customer: { contact: contactOf(lead), comments: commented(lead.aboutCustomer) },
    vendor: vendorOf(lead, settings, store),
    provider: { name: partOf('full', settings.provider), service: printable(settings.service) },
  };
  const prolog = settings.prolog
    ? { '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' }, '?adf': { '@_version': '1.0' } }
    : {};
  return new Builder(xmlOptions).build({ ...prolog, adf: { prospect } });
}

const xmlOptions = {
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  cdataPropName: '__cdata',
  format: true,
  indentBy: ' ',
};

const idOf = (source: string, id: string) => ({
  '@_sequence': '1',
  '@_source': printable(source),
  '#text': printable(id),
});
const partOf = (part: string, name: string) => ({ '@_part': part, '#text': printable(name) });
const commented = (text: string) => ({ __cdata: printable(text) });

/** `trade-in`: the car that they have. Which one they want is for the conversation. */
const vehicleOf = ({ vehicle, aboutCar }: Lead) => ({
  '@_interest': 'trade-in',
  '@_status': 'used',
  year: printable(`${vehicle.year ?? ''}`),
  make: printable(vehicle.make ?? ''),
  model: printable(vehicle.model ?? ''),
  vin: printable(vehicle.vin),
  ...(vehicle.odometerMiles === undefined
    ? {}
    : { odometer: { '@_status': 'original', '@_units': 'mi', '#text': `${vehicle.odometerMiles}` } }),
  comments: commented(aboutCar),
});

/** By what they may be contacted: a number or an address that the customer closed is not passed on. */
function contactOf({ customer }: Lead) {
  const phone = mayContact(customer, 'phone') || mayContact(customer, 'text') ? customer.phone : undefined;
  const email = mayContact(customer, 'email') ? customer.email : undefined;
  const preferred = { '@_preferredcontact': '1' };
  return {
    '@_primarycontact': '1',
    name: namesOf(customer),
    ...(email === undefined
      ? {}
      : { email: { ...(phone === undefined ? preferred : {}), '#text': printable(email) } }),
    ...(phone === undefined
      ? {}
      : { phone: { '@_type': 'voice', '@_time': 'nopreference', ...preferred, '#text': printable(phone) } }),
  };
}

function namesOf({ firstName, lastName, companyName }: Lead['customer']) {
  const parts = (
    [
      ['first', firstName],
      ['last', lastName],
    ] as const
  ).flatMap(([part, name]) =>
    name === undefined ? [] : [{ ...partOf(part, name), '@_type': 'individual' }],
  );
  return parts.length > 0 ? parts : [{ ...partOf('full', companyName ?? ''), '@_type': 'business' }];
}

const vendorOf = (
  { salesperson }: Lead,
  { dealerCode, provider }: CrmSettings,
  store: Pick<Store, 'id' | 'name'>,
) => ({
  id: idOf(dealerCode?.source ?? provider, dealerCode?.code ?? store.id),
  vendorname: printable(store.name),
  ...(salesperson === undefined ? {} : { contact: { name: partOf('full', salesperson) } }),
});

/** XML 1.0 has no control characters and no half of a pair, not even escaped ones: a parser refuses the whole lead. */
const printable = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');

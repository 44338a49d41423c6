import Builder from 'fast-xml-builder';
import { mayContact } from '../customers/may-contact.ts';
import { onTheStoresClock } from '../group/business-time.ts';
import type { CrmSettings } from '../group/crm-settings.ts';
import type { Store } from '../group/group.ts';
import type { Lead } from './lead.ts';

/**
 * A lead as ADF 1.0, the XML that every CRM in the trade reads. The published DTD is itself broken, so the files in
 * test/unit/crm are the standard here. The builder escapes every text. Year, make and model are written even if they
 * are empty, because some CRMs refuse a lead without them.
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

/** Written as `trade-in`, the car that the customer has. Which car they want is left to the conversation. */
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

/** The ways to contact the customer. A number or address that they opted out of is not passed on. */
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

/** XML 1.0 allows no control characters and no lone surrogates, not even escaped: a parser would refuse the whole lead. */
const printable = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');

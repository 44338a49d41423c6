import VCard from 'vcard-creator';
import type { Store } from '../group/group.ts';
import type { StaffMember } from '../people/staff.ts';
import type { Attachment } from './message.ts';
import { visible } from './words.ts';

/** The advisor as a vCard. `now` becomes its REV, so that rendering the same email twice gives the same card. */
export function contactCard(advisor: StaffMember, store: Store, title: string, now: string): Attachment {
  const { street, city, state, postalCode } = store.postalAddress;
  const [givenName = '', ...rest] = visible(advisor.name).split(/\s+/u);
  // The library does not escape phone numbers and addresses: a line break in one would start a new property.
  const card = new VCard()
    .addRevision(new Date(now))
    .addFullName(visible(advisor.name))
    .addName({ givenName, familyName: rest.join(' ') })
    .addCompany({ name: visible(store.name) })
    .addJobtitle(title)
    .addPhoneNumber({ number: visible(advisor.phone ?? store.phone), type: ['work', 'voice'] })
    .addEmail({ address: visible(advisor.email), type: ['work'] })
    .addAddress({
      street: visible(street),
      locality: visible(city),
      region: visible(state),
      postalCode: visible(postalCode),
      type: ['work'],
    })
    .addUrl({ url: new URL(store.bookingLink).href });
  if (advisor.photo) card.addPhoto({ url: new URL(advisor.photo).href });
  return {
    fileName: `${fileNameOf(advisor.name)}.vcf`,
    contentType: 'text/vcard; charset=utf-8',
    content: card.buildVCard(),
  };
}

/** Reduces a name to characters that are safe in a file name everywhere. */
function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 -]/g, '')
    .trim()
    .replace(/\s+/g, '-');
  return plain === '' ? 'service-advisor' : plain.slice(0, 60);
}

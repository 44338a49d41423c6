import { calendarOf } from '../../group/business-time.ts';
import type { Store } from '../../group/group.ts';
import { saidIn } from '../../group/said-by-language.ts';
import { actions, type Block, type Blocks, button, facts, paragraph } from '../../mail/blocks.ts';
import { momentOf, openingHours, postalAddressOf } from '../../mail/format.ts';
import { stacked, telephone } from '../../mail/words.ts';
import type { Correspondence } from './customer-letter.ts';
import { letterWords } from './letter-words.ts';

/** Buttons for what the customer does next on a phone: keep the date, call, or drive there. */
export function waysToUs(
  { language, advisor, context }: Correspondence,
  calendarLink?: string,
): Block | undefined {
  const say = letterWords[language];
  const { store } = context;
  const [givenName] = (advisor?.name ?? '').split(' ');
  return actions([
    [say.addToCalendar, calendarLink],
    [say.call(givenName === '' ? undefined : givenName), telephone(advisor?.phone ?? store.phone)],
    [say.directions, directionsTo(store)],
  ]);
}

/** The service entrance, address and hours. */
export function comingIn({ language, context }: Correspondence): Block | undefined {
  const say = letterWords[language];
  const { store } = context;
  const directions = saidIn(store.serviceDriveDirections, language);
  return facts(
    [
      [directions.isTranslated ? say.driveIn : say.driveInAsWritten, directions.text],
      [say.address, postalAddressOf(store)],
      [say.hours, stacked(openingHours(calendarOf(store, 'service').hours, language))],
    ],
    say.comingIn,
  );
}

/** Opens the map on the reader's phone or browser. */
function directionsTo(store: Store): string {
  const destination = `${store.name}, ${postalAddressOf(store)}`;
  return `https://www.google.com/maps/dir/?${new URLSearchParams({ api: '1', destination })}`;
}

/** How to book the first service, or the time for which it is booked. */
export function firstVisit(to: Correspondence, booked: { readonly startsAt: string } | undefined): Blocks {
  const { language, context } = to;
  const say = letterWords[language];
  return booked
    ? [paragraph(say.firstVisit(momentOf(context.store.timeZone, booked.startsAt, language)))]
    : [button(say.book, context.store.bookingLink), waysToUs(to)];
}

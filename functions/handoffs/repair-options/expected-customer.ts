import { type Card, carsOn } from '../../customers/card.ts';
import { vinLookUp } from '../../customers/identity.ts';
import type { CustomerCards } from '../../customers/ports.ts';
import { cardsNamed } from '../../outbox/cards-named.ts';
import type { ExpectedVisit } from '../../readiness/expected-visit.ts';

interface KnowingServices {
  readonly customers: CustomerCards;
}

type Booked = Omit<ExpectedVisit, 'customer' | 'vehicle' | 'salespersonNumber' | 'vin'> & {
  readonly vin: string;
};

/**
 * The customer of a booking and their car, as the store's card has both. A booking by phone may name only the car: then it is
 * the customer who has the car, if there is only one. Undefined if nobody is known, or the car now belongs to somebody else.
 */
export async function whoIsExpected(
  services: KnowingServices,
  booking: Booked,
  on: string,
): Promise<ExpectedVisit | undefined> {
  const { vin } = booking;
  const card = await cardOf(services, booking, on);
  if (!card) return undefined;
  const known = card.cars.find((car) => car.vin === vin);
  if (known && !carsOn(card, on).includes(known)) return undefined;
  const { customerNumber, name, email, phone, preferredLanguage, advisor, salesperson } = card;
  const advisorNumber = booking.serviceAdvisorNumber ?? advisor?.value;
  return {
    ...booking,
    ...(advisorNumber === undefined ? {} : { serviceAdvisorNumber: advisorNumber }),
    ...(salesperson && { salespersonNumber: salesperson.value }),
    customer: {
      customerNumber,
      ...name?.value,
      ...(email && { email: email.value }),
      ...(phone && { phone: phone.value }),
      ...(preferredLanguage && { preferredLanguage: preferredLanguage.value }),
    },
    vehicle: { vin, ...known?.called?.value },
  };
}

async function cardOf(
  { customers }: KnowingServices,
  booking: Booked,
  on: string,
): Promise<Card | undefined> {
  const { storeId, customerNumber, vin } = booking;
  if (customerNumber !== undefined) {
    const [card] = await cardsNamed(customers, { by: 'number', storeId, customerNumber });
    return card;
  }
  const lookUp = vinLookUp(vin);
  const found = lookUp ? await customers.find(lookUp) : [];
  const owners = found.filter(
    (card) => card.storeId === storeId && carsOn(card, on).some((car) => car.vin === vin),
  );
  return owners.length === 1 ? owners[0] : undefined;
}

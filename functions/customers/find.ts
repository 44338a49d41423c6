import type { Customer, Vehicle } from '../contracts/fields.ts';
import { type Car, type Card, carsOn } from './card.ts';
import { emailLookUp, type Keyed, type LookUp, phoneLookUp, vinLookUp } from './identity.ts';

/** What somebody typed to find a customer: an exact value, and never a name, because a link can be forwarded. */
export interface Question {
  readonly lookUps: readonly LookUp[];
  /** An order or deal number. */
  readonly number: string | undefined;
}

const VIN_LENGTH = 17;
const LAST_EIGHT = 8;
const LONGEST_NUMBER = 40;

export function questionIn(typed: string): Question {
  const text = typed.trim();
  if (text.includes('@')) return { lookUps: [emailLookUp(text)], number: undefined };
  const bare = text.replace(/[\s-]/g, '').toUpperCase();
  const isVin = /^[A-HJ-NPR-Z0-9]+$/.test(bare) && [LAST_EIGHT, VIN_LENGTH].includes(bare.length);
  const isPhone = /^[\d\s().+-]+$/.test(text);
  const lookUps = [isPhone ? phoneLookUp(text) : undefined, isVin ? vinLookUp(bare) : undefined].filter(
    (lookUp) => lookUp !== undefined,
  );
  const isNumber = /^#?\s*[\p{L}\p{N}._/-]+$/u.test(text) && text.length <= LONGEST_NUMBER;
  return { lookUps, number: isNumber ? text.replace(/^#\s*/, '') : undefined };
}

export const isQuestion = ({ lookUps, number }: Question): boolean =>
  lookUps.length > 0 || number !== undefined;

/** A customer who was found, with one of their cars. */
export interface Hit {
  /**
   * Identifies the customer and the car on the page. It is made with the group's key, so that nobody can try out numbers there.
   */
  readonly token: string;
  readonly customer: Customer;
  readonly vehicle: FoundCar | undefined;
}

type FoundCar = Pick<Vehicle, 'vin' | 'year' | 'make' | 'model'>;

/** More hits than this mean a phone shared by many: staff need another way to find the customer. */
export const MOST_HITS = 5;

/** The cards that belong to this store, one hit for each car of a customer. */
export function hitsAmong(cards: readonly Card[], storeId: string, today: string, keyed: Keyed): Hit[] {
  return cards
    .filter((one) => one.storeId === storeId && one.mergedInto === undefined)
    .flatMap((one) => {
      const cars = carsOn(one, today);
      const customer = customerOn(one);
      return cars.length === 0
        ? [hitOf(customer, undefined, storeId, keyed)]
        : cars.map((car) => hitOf(customer, carNamed(car), storeId, keyed));
    });
}

export function hitOf(customer: Customer, vehicle: FoundCar | undefined, storeId: string, keyed: Keyed): Hit {
  const token = keyed(['number', JSON.stringify([storeId, customer.customerNumber, vehicle?.vin])]);
  return { token, customer, vehicle };
}

const customerOn = ({ customerNumber, name, email, phone, preferredLanguage }: Card): Customer => ({
  customerNumber,
  ...name?.value,
  email: email?.value,
  phone: phone?.value,
  preferredLanguage: preferredLanguage?.value,
});

const carNamed = ({ vin, called }: Car): FoundCar => ({ vin, ...called?.value });

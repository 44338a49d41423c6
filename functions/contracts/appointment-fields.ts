import { addressOfCustomer } from './email-address.ts';
import { envelopeFields, identifier, phone, vin } from './fields.ts';
import type { Finding } from './read-detail.ts';

/** Who the appointment is for, and which car. A phone booking by a new customer often has no more than a phone number. */
const found = {
  vin: vin
    .optional()
    .describe(
      'The car. Left out: the one car that the customer has. Of a customer with none or several it is kept until that is known',
    ),
  customerNumber: identifier
    .optional()
    .describe(
      "The customer's number in the DMS of this store. Left out: the first service is found by the car",
    ),
  email: addressOfCustomer.optional().describe('Finds the customer where there is neither car nor number'),
  phone: phone.optional().describe('The same, where there is no email address either'),
};

export const appointmentFields = { ...envelopeFields, ...found };

export const foundByAppointment =
  'the first service by storeId + vin + customerNumber, else by the VIN: without a number, or where another store sold the car. It may come first';

/** Without a car, a customer number, an email address or a phone number, nothing finds the appointment again. */
export function namesNobody(
  fact: Readonly<Partial<Record<keyof typeof found, string | undefined>>>,
): readonly Finding[] {
  const isNamed = [fact.vin, fact.customerNumber, fact.email, fact.phone].some((one) => one !== undefined);
  return isNamed ? [] : [{ path: ['vin'], code: 'names-nobody', is: 'wrong' }];
}

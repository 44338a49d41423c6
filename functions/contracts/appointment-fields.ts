import { addressOfCustomer } from './email-address.ts';
import { envelopeFields, identifier, phone, vin } from './fields.ts';
import type { Finding } from './read-detail.ts';

/** Whose appointment it is, for which car. A phone booking of a new customer often says no more than a phone number. */
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

/** An appointment of nobody is found by nothing. */
export function namesNobody(
  fact: Readonly<Partial<Record<keyof typeof found, string | undefined>>>,
): readonly Finding[] {
  const isNamed = [fact.vin, fact.customerNumber, fact.email, fact.phone].some((one) => one !== undefined);
  return isNamed ? [] : [{ path: ['vin'], code: 'names-nobody', is: 'wrong' }];
}

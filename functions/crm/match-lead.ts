import type { CrmLeadUpdated } from '../contracts/crm-lead-updated.ts';
import type { Customer, Vehicle } from '../contracts/fields.ts';
import { phonePlace } from '../customers/contact-places.ts';

/** Who a lead is about, with current data. */
export interface LeadSubject {
  readonly customer: Pick<Customer, 'email' | 'phone'> | undefined;
  readonly vehicle: Pick<Vehicle, 'vin'> | undefined;
}

/** Whether the CRM means this customer and this car. Customer numbers are no help, because a CRM assigns its own. */
export const isAbout = (
  { vin, email, phone }: Pick<CrmLeadUpdated, 'vin' | 'email' | 'phone'>,
  { customer, vehicle }: LeadSubject,
): boolean =>
  vin !== undefined &&
  vehicle?.vin === vin &&
  (isSameAddress(email, customer?.email) || isSamePhone(phone, customer?.phone));

const isSameAddress = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

function isSamePhone(one: string | undefined, other: string | undefined): boolean {
  const place = one === undefined ? undefined : phonePlace(one);
  return place !== undefined && other !== undefined && place === phonePlace(other);
}

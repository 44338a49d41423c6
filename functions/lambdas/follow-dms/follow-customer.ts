import type { ComplaintClosed } from '../../contracts/complaint-closed.ts';
import type { ComplaintOpened } from '../../contracts/complaint-opened.ts';
import type { CustomerChanged } from '../../contracts/customer-changed.ts';
import type { CustomerContacted } from '../../contracts/customer-contacted.ts';
import type { CustomerNumbersMerged } from '../../contracts/customer-numbers-merged.ts';
import type { CustomerPreferencesChanged } from '../../contracts/customer-preferences-changed.ts';
import { type Received, versionOf } from '../../contracts/fact-version.ts';
import type { VehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import { customerPlace, reachedBy } from '../../customers/contact-places.ts';
import { mergedNumbers } from '../../customers/merged-numbers.ts';
import { withChange, withReplaced, withSurvivor } from '../../customers/number-record.ts';
import { withOptOut } from '../../customers/opt-outs.ts';
import type { CustomerMemory } from '../../customers/ports.ts';
import type { SaleHistory } from '../../history/ports.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { keepNoContact, keepPreferences } from '../../outbox/keep-no-contact.ts';
import { putAll } from '../../outbox/put-all.ts';

/**
 * For facts about a customer rather than about one handoff. They are stored, and later emails and pages read them;
 * nothing is sent and no task is written here.
 */
export interface CustomerServices extends Services {
  readonly memory: CustomerMemory;
  readonly sales: SaleHistory;
}

export async function followPreferences(
  services: CustomerServices,
  detail: CustomerPreferencesChanged,
): Promise<string> {
  const { storeId, customerNumber, email, phone, mayContact, occurredAt, saidBy = 'dms' } = detail;
  await contextOf(services, storeId);
  const reached = { storeId, customerNumber, email, phone };
  const places = await keepPreferences(services, reached, { mayContact, at: occurredAt, saidBy });
  return places > 0 ? 'opted-out' : 'nothing-refused';
}

export async function followCustomer(services: CustomerServices, detail: CustomerChanged): Promise<string> {
  const { storeId, customer, occurredAt } = detail;
  await contextOf(services, storeId);
  await keepNoContact(services, detail);
  const { customerNumber } = customer;
  const { firstName, lastName, companyName, email, phone, preferredLanguage } = customer;
  const details = { firstName, lastName, companyName, email, phone, preferredLanguage };
  const merged = mergedNumbers(services.group, detail);
  await services.contacts.change(storeId, customerNumber, (known) => {
    const changed = withChange(known, { at: occurredAt, ...details });
    return merged.length === 0 ? changed : withReplaced(changed, merged, occurredAt);
  });
  if (merged.length === 0) return 'changed';
  for (const number of merged) {
    await services.contacts.change(storeId, number, (known) =>
      withSurvivor(known, customerNumber, occurredAt),
    );
  }
  await keepOptOuts(services, detail);
  await tellOfMerge(services, detail, [customerNumber, ...merged]);
  return `changed, merged: ${merged.length}`;
}

/**
 * Until a merge is known, a deal sent again under the surviving number looks like a sale to somebody else. So the
 * owner of each car that these numbers bought is determined again. The merge itself is published because credit for
 * handoffs may depend on records under the other number, whoever bought.
 */
async function tellOfMerge(
  { bus, sales, clock }: CustomerServices,
  { version, storeId, customer: { customerNumber } }: CustomerChanged,
  numbers: readonly string[],
): Promise<void> {
  const occurredAt = clock.now();
  const deals = await Promise.all(numbers.map((number) => sales.dealsOf(storeId, number)));
  const events = [...new Set(deals.flat())].map((dealNumber) => {
    const detail: VehicleOwnerChanged = { version, storeId, dealNumber, occurredAt };
    return { detailType: 'vehicle-owner-changed', detail };
  });
  const merged: CustomerNumbersMerged = { version, storeId, customerNumber, occurredAt };
  await putAll({ bus }, [...events, { detailType: 'customer-numbers-merged', detail: merged }]);
}

/**
 * The link between merged numbers is deleted with the customer's data, but opt-outs are permanent, so they are copied
 * to the surviving number.
 */
async function keepOptOuts(
  { contacts, addresses }: CustomerServices,
  { storeId, customer }: CustomerChanged,
): Promise<void> {
  const { optOuts } = await contacts.read(reachedBy(storeId, { customerNumber: customer.customerNumber }));
  if (optOuts.length === 0) return;
  await addresses.change(customerPlace(storeId, customer.customerNumber), (known) =>
    optOuts.reduce(withOptOut, known),
  );
}

export async function followContact(services: CustomerServices, detail: CustomerContacted): Promise<string> {
  const { storeId, customer, occurredAt, at = occurredAt } = detail;
  await contextOf(services, storeId);
  await keepNoContact(services, detail);
  await services.memory.keep({ storeId, ...customer }, { said: 'contacted elsewhere', storeId, at });
  return 'remembered';
}

const followComplaint =
  (isClosed: boolean) =>
  async (
    services: CustomerServices,
    detail: Received<ComplaintOpened | ComplaintClosed>,
  ): Promise<string> => {
    const { storeId, customer, complaintNumber, occurredAt: at } = detail;
    await contextOf(services, storeId);
    await keepNoContact(services, detail);
    await services.memory.keep(
      { storeId, ...customer },
      {
        ...{ said: 'complaint open', storeId, complaintNumber, at, version: versionOf(detail) },
        ...(isClosed ? { takenBack: true } : {}),
      },
    );
    return 'remembered';
  };

export const followComplaintOpened = followComplaint(false);
export const followComplaintClosed = followComplaint(true);

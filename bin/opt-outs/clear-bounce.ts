/** Clears a bounce after a mailbox was repaired, so that its owner gets emails again. */
import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { AddressTable } from '../../functions/adapters/address-table.ts';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import { withoutBounce } from '../../functions/customers/opt-outs.ts';
import type { Group } from '../../functions/group/group.ts';
import { addressesOf } from '../lib/customer-key.ts';
import { messageOf } from '../lib/problem.ts';
import type { ClientOptions, Target } from '../lib/target.ts';
import { readEverybody } from '../roster/import.ts';

/** What SES's suppression list says about the address. `complaint` is an opt-out, not a bounce to clear. */
type Suppression =
  | { readonly is: 'removed' | 'not listed' | 'complaint' | 'not asked' }
  | { readonly is: 'failed'; readonly why: string };

export interface Cleared {
  readonly customer: boolean;
  readonly staff: readonly { readonly storeId: string; readonly employeeNumber: string }[];
  readonly suppression: Suppression;
}

/** SES first: if it still suppresses the address, the next email bounces and the address is flagged again. */
export async function clearBounce(
  target: Target,
  group: Group,
  email: string,
  { asksSes }: { readonly asksSes: boolean },
): Promise<Cleared> {
  const suppression = asksSes ? await unsuppress(target.clientOptions, email) : { is: 'not asked' as const };
  const staff = await clearStaff(new RosterStore(target.dynamodb, target.tableName), group, email);
  const customer = await clearCustomer(addressesOf(target, group), email);
  return { customer, staff, suppression };
}

async function clearCustomer(addresses: AddressTable, email: string): Promise<boolean> {
  let wasMarked = false;
  await addresses.change(email, (known) => {
    wasMarked = known.bouncedAt !== undefined;
    return withoutBounce(known);
  });
  return wasMarked;
}

async function clearStaff(roster: RosterStore, group: Group, email: string): Promise<Cleared['staff']> {
  const theirs = (await readEverybody(roster, group)).filter((one) => one.email.toLowerCase() === email);
  const cleared: { storeId: string; employeeNumber: string }[] = [];
  for (const { storeId, employeeNumber, email: spelled } of theirs) {
    const isCleared = await roster.clearBounced({ storeId, employeeNumber, email: spelled });
    if (isCleared) cleared.push({ storeId, employeeNumber });
  }
  return cleared;
}

async function unsuppress(options: ClientOptions, EmailAddress: string): Promise<Suppression> {
  const ses = new SESv2Client(options);
  try {
    const { SuppressedDestination: listed } = await ses.send(
      new GetSuppressedDestinationCommand({ EmailAddress }),
    );
    if (listed?.Reason === 'COMPLAINT') return { is: 'complaint' };
    await ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
    return { is: 'removed' };
  } catch (error) {
    return error instanceof NotFoundException
      ? { is: 'not listed' }
      : { is: 'failed', why: messageOf(error).split('\n', 1).join('') };
  }
}

export function describeCleared({ customer, staff, suppression }: Cleared, email: string): string[] {
  return [
    ...(customer ? ["Customers' emails go to this address again."] : []),
    ...staff.map(
      ({ storeId, employeeNumber }) =>
        `${storeId} ${employeeNumber} gets emails, and handoffs, again within a minute.`,
    ),
    ...(customer || staff.length > 0
      ? []
      : ['No bounce is noted for this address, of a customer or of staff.']),
    ...describeSuppression(suppression, email),
  ];
}

function describeSuppression(suppression: Suppression, email: string): string[] {
  const byHand = `  aws sesv2 delete-suppressed-destination --email-address ${email}`;
  const orElse = 'Until it is off that list the next email bounces, and the address is marked again.';
  switch (suppression.is) {
    case 'removed':
      return ["It is off SES's suppression list."];
    case 'not listed':
      return ["It is not on SES's suppression list."];
    case 'complaint':
      return [
        "SES's suppression list has it because of a complaint, and keeps it: no email goes to a customer who complained.",
      ];
    case 'not asked':
      return [
        "SES was not asked: take the address off its suppression list, in the stack's account:",
        byHand,
        orElse,
      ];
    case 'failed':
      return [`SES's suppression list could not be changed: ${suppression.why}`, byHand, orElse];
  }
}

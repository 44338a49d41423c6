import { hash } from '../group/hash.ts';
import type { EmailRecord } from './item-bounds.ts';
import type { EmailEntry } from './outbox-entry.ts';

/** What SES reported about an email, as decisions read it. */
type Reported = Pick<EmailRecord, 'reported'>;

/** Nothing reaches this address until somebody mends it. */
export const isDeadMailbox = ({ reported }: Reported): boolean =>
  reported === 'bounced' || reported === 'suppressed';

/** The recipient did not get it, whatever the reason. */
export const cameBack = (record: Reported): boolean =>
  isDeadMailbox(record) || record.reported === 'undelivered';

/** An address as an entry keeps it: enough to compare, not to write to. */
export const addressKey = (address: string): string => hash([address.toLowerCase()]);

/** Whether an email to the customer went to this address, also one of a release that did not keep it. */
export const isTo = ({ sentTo }: Pick<EmailEntry, 'sentTo'>, address: string | undefined): boolean =>
  sentTo === undefined || (address !== undefined && sentTo === addressKey(address));

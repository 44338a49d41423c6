import { hash } from '../group/hash.ts';
import type { EmailRecord } from './item-bounds.ts';
import type { EmailEntry } from './outbox-entry.ts';

/** What SES reported about an email, as decisions read it. */
type Reported = Pick<EmailRecord, 'reported'>;

/** No email reaches this address until somebody repairs the mailbox. */
export const isDeadMailbox = ({ reported }: Reported): boolean =>
  reported === 'bounced' || reported === 'suppressed';

/** The email did not reach its recipient, whatever the reason. */
export const cameBack = (record: Reported): boolean =>
  isDeadMailbox(record) || record.reported === 'undelivered';

/** The hash of an address that an entry stores: enough to compare addresses, but not to write to one. */
export const addressKey = (address: string): string => hash([address.toLowerCase()]);

/**
 * Whether an email to the customer went to this address. Earlier releases did not store the address; then it counts as this
 * one.
 */
export const isTo = ({ sentTo }: Pick<EmailEntry, 'sentTo'>, address: string | undefined): boolean =>
  sentTo === undefined || (address !== undefined && sentTo === addressKey(address));

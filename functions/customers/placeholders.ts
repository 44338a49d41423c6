import type { Group } from '../group/group.ts';

/**
 * What clerks type where a DMS demands a value and the customer gave none. Many customers share such a value, so it identifies
 * nobody, and no email goes to it. A group adds its own in its file, or exempts one of these.
 */
const MAILBOX_WORDS: ReadonlySet<string> = new Set([
  ...['none', 'noemail', 'nomail', 'noaddress', 'noemailaddress', 'donotemail', 'dontemail'],
  // Did not have, did not give, would not give, would not provide.
  ...['dnh', 'dne', 'dng', 'dnp', 'wng', 'wnp'],
  ...['na', 'nil', 'null', 'unknown', 'unk', 'tbd', 'declined', 'refused', 'notgiven', 'notprovided'],
  ...['notavailable', 'noreply', 'donotreply', 'nobody', 'test', 'testing', 'fake', 'dummy', 'placeholder'],
  ...['xxx', 'xxxx', 'asdf', 'didnotprovide'],
]);

/** Mailboxes that belong to nobody, though the domain may be real: abc.com is a company. */
const MAILBOXES: ReadonlySet<string> = new Set(['abc', 'abcd', 'qwerty', 'noone', 'customer']);

/** Domains that no mailbox can have (RFC 2606). `example` is missing because samples use it; it reaches nobody either. */
const DEAD_DOMAINS = /(^|\.)(invalid|localhost|test)$/;

const NUMBER_WORDS: ReadonlySet<string> = new Set([
  ...['CASH', 'CASHSALE', 'CASHCUSTOMER', 'WALKIN', 'HOUSE', 'COUNTER', 'COUNTERSALE', 'RETAIL', 'MISC'],
  ...['NONE', 'NA', 'NULL', 'UNKNOWN', 'UNK', 'TBD', 'TEST', 'NEW', 'NEWCUSTOMER', 'INTERNAL'],
]);

const VIN_WORDS: ReadonlySet<string> = new Set([
  ...['UNKNOWN', 'UNK', 'NOVIN', 'NONE', 'NOTAVAILABLE', 'NULL', 'NA', 'TBD', 'TEST', 'TESTVIN', 'VIN'],
]);

/** The sources of placeholders besides the built-in lists. */
export type PlaceholderRules = Pick<Group, 'placeholders' | 'sender'>;

/**
 * Whether an address belongs to no customer: a placeholder, or the group's own. An entry in the group's file is an address,
 * `mailbox@` or `@domain`.
 */
export function isPlaceholderAddress(
  { placeholders: { emails }, sender }: PlaceholderRules,
  address: string,
): boolean {
  const [mailbox = '', domain = ''] = address.trim().toLowerCase().split('@');
  const forms = [`${mailbox}@${domain}`, `${mailbox}@`, `@${domain}`];
  if (forms.some((form) => emails.except.includes(form))) return false;
  return (
    forms.some((form) => emails.add.includes(form)) ||
    isMailboxWord(mailbox) ||
    isMailboxWord(domain.split('.').at(-2) ?? '') ||
    MAILBOXES.has(mailbox) ||
    isKeyedTwice(mailbox, domain) ||
    DEAD_DOMAINS.test(domain) ||
    isWithin(domain, sender.domain)
  );
}

/** The shortest placeholder word that may end in digits: `noemail2` is a placeholder, `na7` is not. */
const WORD_BEFORE_DIGITS = 4;

function isMailboxWord(text: string): boolean {
  const letters = text.replace(/[._-]/g, '');
  const word = letters.replace(/\d+$/, '');
  return MAILBOX_WORDS.has(letters) || (word.length >= WORD_BEFORE_DIGITS && MAILBOX_WORDS.has(word));
}

/**
 * `x@x.com`, `123@123.com`, `email@email.com`: the same keystroke or word for both halves. People named Holm own holm@holm.com.
 */
function isKeyedTwice(mailbox: string, domain: string): boolean {
  const label = domain.split('.').at(-2);
  const isNoName = mailbox.length <= 2 || /^(?:\d+|(.)\1+|e?mail|user|name)$/.test(mailbox);
  return (mailbox === label && isNoName) || (/^(?:no|none)$/.test(mailbox) && /^e?mail$/.test(label ?? ''));
}

const isWithin = (domain: string, whole: string) => domain === whole || domain.endsWith(`.${whole}`);

export function isPlaceholderNumber(
  { placeholders: { customerNumbers } }: PlaceholderRules,
  number: string,
): boolean {
  const typed = bare(number);
  if (customerNumbers.except.some((entry) => bare(entry) === typed)) return false;
  return (
    customerNumbers.add.some((entry) => bare(entry) === typed) ||
    NUMBER_WORDS.has(typed) ||
    // Empty when the value had only punctuation: `-`, `...`.
    /^(0+|9{5,}|X*)$/.test(typed)
  );
}

export function isPlaceholderVin({ placeholders: { vins } }: PlaceholderRules, vin: string): boolean {
  const typed = bare(vin);
  if (vins.except.includes(typed)) return false;
  return vins.add.includes(typed) || VIN_WORDS.has(typed) || /^(.)\1{4,}$|^12345678|^ABCDEFG/.test(typed);
}

/** Normalized for comparison: `walk-in`, `Walk In` and `WALKIN` are the same word. */
const bare = (text: string) => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

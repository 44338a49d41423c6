import * as z from 'zod';
import { type EdgeReading, edge } from './edge.ts';
import { visibleText, withoutEntities } from './written-text.ts';

/**
 * One mailbox, wherever it is entered: in an event, by staff, in the roster, in a command. In lower case and with an
 * international domain in its ASCII form, because opt-outs, bounces and sends are keyed by it.
 */
const LOCAL = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const pattern = new RegExp(
  `^(?=.{1,64}@)${LOCAL}(?:\\.${LOCAL})*@(?:${LABEL}\\.)+(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{2,59})$`,
);

export const emailAddress = z.preprocess(
  (written) => (typeof written === 'string' ? inAscii(written.trim()).toLowerCase() : written),
  z.email({ pattern, error: "expected an email address such as 'maria@example.com'" }).max(254),
);

/** SES and most mail servers take a domain in its ASCII form only. */
function inAscii(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 0 || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || /^[A-Za-z0-9.-]*$/.test(domain)) return address;
  return URL.canParse(`http://${domain}`)
    ? `${address.slice(0, at)}@${new URL(`http://${domain}`).hostname}`
    : address;
}

/**
 * The address of a customer as a DMS holds it: often empty, `NONE` or mistyped, and at times with a name or a second
 * address. A value that is not an address counts as missing, and staff are asked to get one.
 */
export const addressOfCustomer = z
  .string()
  .transform((text) => {
    const address = emailAddress.safeParse(text);
    return address.success ? address.data : undefined;
  })
  .register(edge, { read: readAddress });

export function readAddress(written: unknown): EdgeReading {
  const text = textIn(written);
  const whole = emailAddress.safeParse(text);
  if (whole.success) return { value: whole.data };
  const [first] = visibleText(withoutEntities(text.slice(0, LONGEST)))
    .split(/[,;<>|()[\]]|\s(?:\/|or|and|&|y)\s|\be-?mail:/i)
    .flatMap(addressesIn);
  return first === undefined
    ? { value: undefined, odd: 'no-email-address' }
    : { value: first, odd: 'email-taken-out' };
}

/** Twice the longest address, so that a name and a second address fit as well. */
const LONGEST = 508;

const textIn = (written: unknown): string => {
  const [only, ...others] = Array.isArray(written) ? written : [written];
  return typeof only === 'string' && others.length === 0 ? only : '';
};

/** The addresses in a text, if each of its words is one: `a b@example.com` is a mistyped address. */
function addressesIn(part: string): string[] {
  const words = part.split(/\s+/).filter((word) => word !== '');
  const read = words.map((word) => emailAddress.safeParse(word.replace(/^mailto:|["'.]+$/gi, '')));
  return read.every(({ success }) => success) ? read.flatMap(({ data }) => data ?? []) : [];
}

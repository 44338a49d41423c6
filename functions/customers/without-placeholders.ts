import { type Warning, warning } from '../contracts/warnings.ts';
import { hash } from '../group/hash.ts';
import {
  isPlaceholderAddress,
  isPlaceholderNumber,
  isPlaceholderVin,
  type PlaceholderRules,
} from './placeholders.ts';

/** An event's detail in which no placeholder is left, and what the sender should know of it. */
export interface Identified {
  readonly detail: unknown;
  readonly warnings: readonly Warning[];
}

interface Known {
  readonly rules: PlaceholderRules;
  /** Addresses of the store's own people: clerks type them for customers without one. */
  readonly staffAddresses: ReadonlySet<string>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Takes placeholders out of a fact before anything is decided, so that no two customers or cars are ever joined by one.
 * An optional field is left out. A customer number or VIN that the fact's key needs is replaced by a stand-in: made of
 * the fact itself, it is the same whenever the fact comes again, and no other fact has it.
 */
export function withoutPlaceholders(detail: unknown, known: Known): Identified {
  if (!isFields(detail)) return { detail, warnings: [] };
  const steps = [
    withoutAddress,
    withoutLooseAddress,
    withoutVin,
    withoutNumber,
    withoutLooseNumbers,
    withoutTradeIns,
  ];
  return steps.reduce<{ detail: Fields; warnings: readonly Warning[] }>(
    (before, step) => {
      const after = step(before.detail, known);
      return { detail: after.detail, warnings: [...before.warnings, ...after.warnings] };
    },
    { detail, warnings: [] },
  );
}

interface Step {
  readonly detail: Fields;
  readonly warnings: readonly Warning[];
}

const unchanged = (detail: Fields): Step => ({ detail, warnings: [] });

function withoutAddress(detail: Fields, known: Known): Step {
  const { customer } = detail;
  if (!isFields(customer)) return unchanged(detail);
  const kept = withoutEmail(customer, known, 'customer.email');
  return { detail: { ...detail, customer: kept.detail }, warnings: kept.warnings };
}

/** An appointment names its customer by an address of its own. */
const withoutLooseAddress = (detail: Fields, known: Known): Step =>
  detail['appointmentNumber'] === undefined ? unchanged(detail) : withoutEmail(detail, known, 'email');

function withoutEmail(fields: Fields, { rules, staffAddresses }: Known, path: string): Step {
  const address = textOf(fields['email'])?.toLowerCase();
  if (address === undefined) return unchanged(fields);
  const isOurs = staffAddresses.has(address);
  if (!isOurs && !(address.includes('@') && isPlaceholderAddress(rules, address))) return unchanged(fields);
  const { email: _placeholder, ...rest } = fields;
  return { detail: rest, warnings: [warning(path, isOurs ? 'staff-address' : 'placeholder-address')] };
}

function withoutVin(detail: Fields, { rules }: Known): Step {
  const { vehicle, customer } = detail;
  if (!isFields(vehicle) || !isPlaceholder(vehicle['vin'], (vin) => isPlaceholderVin(rules, vin))) {
    return unchanged(detail);
  }
  const owner = isFields(customer) ? (textOf(customer['customerNumber']) ?? '') : '';
  const vin = standIn.vin([...ownNumbers(detail), owner, nameIn(customer)]);
  return { detail: { ...detail, vehicle: { ...vehicle, vin } }, warnings: [countsAsNone('vehicle.vin')] };
}

/** Somebody without a number, as a cash order may be, is known by their name and car; without a car that is known, by this fact only. */
function withoutNumber(detail: Fields, { rules }: Known): Step {
  const { vehicle, customer } = detail;
  const isNone = (number: string) => isPlaceholderNumber(rules, number);
  if (!isFields(customer)) return unchanged(detail);
  const isLeftOut = customer['customerNumber'] === undefined && detail['roNumber'] !== undefined;
  if (!isLeftOut && !isPlaceholder(customer['customerNumber'], isNone)) return unchanged(detail);
  const vin = isFields(vehicle) ? textOf(vehicle['vin'])?.toUpperCase() : undefined;
  const name = nameIn(customer);
  const isKnown = vin !== undefined && !isStandIn(vin) && name !== '';
  const store = textOf(detail['storeId']) ?? '';
  const customerNumber = standIn.number(isKnown ? [store, vin, name] : [...ownNumbers(detail), name]);
  return {
    detail: { ...detail, customer: { ...customer, customerNumber } },
    warnings: isLeftOut ? [] : [countsAsNone('customer.customerNumber')],
  };
}

/** Beside a customer or car, the numbers only find something: left out, they find nothing. */
function withoutLooseNumbers(detail: Fields, { rules }: Known): Step {
  const loose: readonly [string, (text: string) => boolean][] = [
    ['vin', (vin) => isPlaceholderVin(rules, vin)],
    ['customerNumber', (number) => isPlaceholderNumber(rules, number)],
    ['coBuyerNumber', (number) => isPlaceholderNumber(rules, number)],
  ];
  const none = loose
    .filter(([field, isNone]) => isPlaceholder(detail[field], isNone))
    .map(([field]) => field);
  if (none.length === 0) return unchanged(detail);
  const kept = Object.entries(detail).filter(([field]) => !none.includes(field));
  return { detail: Object.fromEntries(kept), warnings: none.map(countsAsNone) };
}

function withoutTradeIns(detail: Fields, { rules }: Known): Step {
  const { tradeIns } = detail;
  if (!Array.isArray(tradeIns)) return unchanged(detail);
  const isNone = (car: unknown) =>
    isFields(car) && isPlaceholder(car['vin'], (vin) => isPlaceholderVin(rules, vin));
  const kept = tradeIns.filter((car) => !isNone(car));
  const none = tradeIns.flatMap((car, at) => (isNone(car) ? [countsAsNone(`tradeIns[${at}].vin`)] : []));
  return none.length === 0 ? unchanged(detail) : { detail: { ...detail, tradeIns: kept }, warnings: none };
}

const countsAsNone = (path: string): Warning => warning(path, 'placeholder');

/** What identifies the fact at its store. */
const ownNumbers = (detail: Fields): readonly string[] =>
  ['storeId', 'dealNumber', 'roNumber', 'quoteNumber', 'appointmentNumber'].map(
    (field) => textOf(detail[field]) ?? '',
  );

function nameIn(customer: unknown): string {
  if (!isFields(customer)) return '';
  return ['firstName', 'lastName', 'companyName']
    .map((field) => (textOf(customer[field]) ?? '').toLowerCase())
    .join(' ')
    .trim();
}

const HASH_CHARACTERS = 12;
const standInOf = (prefix: string, parts: readonly string[]) =>
  `${prefix}${hash(parts).slice(0, HASH_CHARACTERS).toUpperCase()}`;

/** No VIN since 1981 has I, O or Q, and a DMS numbers its customers: neither can be taken for a real one. */
const standIn = {
  vin: (parts: readonly string[]) => standInOf('NOVIN', parts),
  number: (parts: readonly string[]) => standInOf('nobody-', parts),
};

/** The same for somebody who has no number at the store yet, from what they are known by; nothing of that is readable in it. */
export const standInFor = (parts: readonly string[]): { readonly number: string; readonly vin: string } => ({
  number: standIn.number(parts),
  vin: standIn.vin(parts),
});

/** Made here in place of a placeholder: other systems do not know it, and people are not shown it. */
export const isStandIn = (text: string): boolean => /^(NOVIN|nobody-)[0-9A-F]{12}$/.test(text);

function isPlaceholder(value: unknown, isNone: (text: string) => boolean): boolean {
  const text = textOf(value);
  return text !== undefined && !isStandIn(text) && isNone(text);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : undefined;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

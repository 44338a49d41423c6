import { type Warning, warning } from '../contracts/warnings.ts';
import { hash } from '../group/hash.ts';
import {
  isPlaceholderAddress,
  isPlaceholderNumber,
  isPlaceholderVin,
  type PlaceholderRules,
} from './placeholders.ts';

/** An event's detail without placeholders, and the warnings for its sender. */
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
 * Removes placeholders from a fact before anything is decided, so that a placeholder never joins two customers or cars. An
 * optional field is left out. A customer number or VIN that the fact's key needs is replaced by a stand-in. It is made from the
 * fact itself, so it is the same whenever the fact arrives again, and no other fact has it.
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

/** An appointment has the customer's email address at its top level. */
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

/**
 * A customer without a number, as on a cash order, is identified by their name and car; if the car is unknown, by this fact
 * only.
 */
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

/** Outside a customer or car, a number only helps to find something; if it is left out, nothing is found. */
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

/** The numbers that identify the fact at its store. */
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

/** Stand-ins cannot be mistaken for real values: no VIN since 1981 has I, O or Q, and a DMS gives its customers numbers. */
const standIn = {
  vin: (parts: readonly string[]) => standInOf('NOVIN', parts),
  number: (parts: readonly string[]) => standInOf('nobody-', parts),
};

/** A number and a VIN for a customer who has none at the store yet: hashes of what is known about them, which cannot be reversed. */
export const standInFor = (parts: readonly string[]): { readonly number: string; readonly vin: string } => ({
  number: standIn.number(parts),
  vin: standIn.vin(parts),
});

/** Made here in place of a placeholder: other systems do not know it, and people do not see it. */
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

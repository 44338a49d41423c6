import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { emailAddress, identifier, localDate, sentence } from '../contracts/fields.ts';
import { formatDate, formatInstant, type Instant } from '../group/business-time.ts';
import { dollars } from '../group/money.ts';
import { findPerson, type Roster } from '../people/staff.ts';

/**
 * The fields that a choice can ask for, one entry each: how the page asks, how the input is parsed, and how the value is shown
 * afterwards. To add a field, add an entry here and a choice that `asks` for it.
 */
interface Field {
  /** The field's question. */
  readonly label: string;
  /** What to tell the person whose input cannot be read. */
  readonly wrong: string;
  /** Parses the input into the stored value. */
  readonly read: (store: { readonly timeZone: string }) => z.ZodType<string>;
  readonly input: Input;
  /** A number, a day or a person at the store, which an operator may read. Any other value is free text. */
  readonly isPlain: boolean;
  /** The value in words. Left out: shown as it was typed. */
  readonly said?: (value: string, at: Place) => string;
}

interface Place {
  readonly store: { readonly timeZone: string };
  readonly roster: Roster;
}

/** The form control that the page shows. */
type Input =
  | { readonly is: 'text'; readonly longest: number; readonly mode?: 'decimal' }
  | { readonly is: 'lines' | 'email' | 'day' | 'day and time' | 'colleague' };

/** More than anybody types, and little enough for the task's item. */
export const LETTERS = 300;

const LONGEST_AMOUNT_CENTS = 100_000_000;

/** `$9,200`, `9200.50`: dollars as people write them, as whole cents. */
const amount = z
  .string()
  .regex(/^\$?\s*\d{1,3}(?:,?\d{3})*(?:\.\d\d)?$/)
  .transform((text) => Math.round(Number(text.replace(/[$,\s]/g, '')) * 100))
  .refine((cents) => cents > 0 && cents <= LONGEST_AMOUNT_CENTS)
  .transform(String);

const anything =
  <Schema extends z.ZodType<string>>(schema: Schema) =>
  (): Schema =>
    schema;

const fields = {
  reason: {
    label: 'Why?',
    wrong: 'Please say why, in a few words.',
    read: anything(sentence),
    input: { is: 'text', longest: LETTERS },
    isPlain: false,
  },
  date: {
    label: 'Which day?',
    wrong: 'Please give a day.',
    read: anything(localDate),
    input: { is: 'day' },
    isPlain: true,
    said: (value) => formatDate(value, 'en'),
  },
  startsAt: {
    label: 'Which day, at what time?',
    wrong: 'Please give the day and the time.',
    read: ({ timeZone }) => z.iso.datetime({ local: true }).transform((text) => instantAt(text, timeZone)),
    input: { is: 'day and time' },
    isPlain: true,
    said: (value, { store }) => formatInstant(store.timeZone, value, 'en'),
  },
  dealNumber: {
    label: 'Deal number',
    wrong: 'Please give the deal number.',
    read: anything(identifier),
    input: { is: 'text', longest: 40 },
    isPlain: true,
  },
  amount: {
    label: 'How much, in dollars?',
    wrong: 'Please give the amount in dollars, such as 9,200.',
    read: anything(amount),
    input: { is: 'text', longest: 14, mode: 'decimal' },
    isPlain: true,
    said: (value) => dollars(Number(value)),
  },
  colleague: {
    label: 'To whom?',
    wrong: 'Please choose a colleague.',
    read: anything(identifier),
    input: { is: 'colleague' },
    isPlain: true,
    said: (value, { roster }) => findPerson(roster, value)?.name ?? 'a colleague',
  },
  email: {
    label: 'Email address of the customer',
    wrong: 'Please give an email address such as maria@example.com.',
    read: anything(emailAddress),
    input: { is: 'email' },
    isPlain: false,
  },
  work: {
    label: 'What was done?',
    wrong: 'Please say what was done, in a few words.',
    read: anything(sentence),
    input: { is: 'text', longest: LETTERS },
    isPlain: false,
  },
  note: {
    label: 'Note',
    wrong: 'Please write the note.',
    read: anything(sentence),
    input: { is: 'lines' },
    isPlain: false,
  },
} as const satisfies Readonly<Record<string, Field>>;

export type ChoiceField = keyof typeof fields;
export const choiceFields = Object.keys(fields).filter((name): name is ChoiceField => name in fields);

export const fieldOf = (name: ChoiceField): Field => fields[name];

/** A page submits the store's local time; an instant is kept as it is. */
function instantAt(text: string, timeZone: string): Instant {
  const at = text.endsWith('Z')
    ? Temporal.Instant.from(text)
    : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
  return at.toString({ fractionalSecondDigits: 3 });
}

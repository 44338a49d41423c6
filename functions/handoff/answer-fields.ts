import { addDays, formatDate, localDate } from '../group/business-time.ts';
import { type ChoiceField, fieldOf, LETTERS } from './choice-fields.ts';
import { type Choice, colleaguesFor } from './choices.ts';
import type { Context } from './context.ts';
import { isNobodysAddress } from './customer-address.ts';
import type { Kind } from './kind.ts';
import type { Task } from './task.ts';

/** The value typed with a choice, parsed but not yet checked against the task. */
export type Read = { readonly value: string | undefined } | { readonly wrong: string };

export function readField(field: ChoiceField | undefined, typed: string | undefined, context: Context): Read {
  if (field === undefined) return { value: undefined };
  if ((typed?.trim().length ?? 0) > LETTERS) return { wrong: `Please keep it under ${LETTERS} letters.` };
  const { read, wrong } = fieldOf(field);
  const found = read(context.store).safeParse(typed?.trim());
  return found.success ? { value: found.data } : { wrong };
}

/** A day later than this is a typing error, or would put the handoff out of sight. */
const DAYS_AHEAD = { snooze: 90, other: 400 } as const;

interface Typed {
  readonly choice: Choice;
  readonly value: string | undefined;
  readonly task: Task;
  readonly kind: Kind;
  readonly context: Context;
}

/** What is wrong with a well-formed value, for this task at this time; undefined if nothing is. */
export function problemOf({ choice, value, task, kind, context }: Typed): string | undefined {
  switch (choice.asks) {
    case 'date':
      return problemOfDay(value ?? '', choice, context);
    case 'startsAt':
      return value !== undefined && value <= context.now
        ? 'That time has passed: please give one to come.'
        : problemOfDay(localDate(context.store.timeZone, value ?? context.now), choice, context);
    case 'email':
      return isNobodysAddress(value ?? '', context)
        ? 'That is not an address of the customer: please give their own.'
        : undefined;
    case 'colleague':
      return colleaguesFor(task, kind, context).some(({ employeeNumber }) => employeeNumber === value)
        ? undefined
        : 'Please choose a colleague who works here now.';
    default:
      return undefined;
  }
}

function problemOfDay(day: string, choice: Choice, context: Context): string | undefined {
  const { first, last } = daysFor(choice, context);
  if (day < first) {
    return choice.does === 'snooze'
      ? 'Please give a day after today.'
      : 'That day has passed: please give one to come.';
  }
  return day > last ? `Please give a day no later than ${formatDate(last, 'en')}.` : undefined;
}

/** The range of days for a choice: from today, or from tomorrow for a snooze. */
export const daysFor = (
  { does }: Pick<Choice, 'does'>,
  { today }: Pick<Context, 'today'>,
): { readonly first: string; readonly last: string } =>
  does === 'snooze'
    ? { first: addDays(today, 1), last: addDays(today, DAYS_AHEAD.snooze) }
    : { first: today, last: addDays(today, DAYS_AHEAD.other) };

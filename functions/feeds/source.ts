import * as z from 'zod';
import { converterNames } from './converters.ts';
import { dateForms } from './dates.ts';
import { webhook } from './webhook.ts';

/**
 * A source describes what a file of one dealer system looks like and which of our events its records become. It is
 * data with a closed list of features, so a new system needs no code.
 */
const columnName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, "expected a name of your own such as 'closedOn'");
const list = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);

const columnObject = z.strictObject({
  from: list.describe('The names that the column has been seen with, or its path in XML and JSON'),
  in: z.string().optional().describe('XML and JSON: the repeated element that the paths begin at'),
  gather: z.boolean().optional().describe('All of these columns are one list: `Salesman 1`, `Salesman 2`'),
  split: z.string().max(3).optional().describe('The characters between the entries of a list in one cell'),
  within: z.string().length(1).optional().describe('A character inside an entry that is read as a comma'),
  optional: z.boolean().optional().describe('A file may lack it. Any other missing column stops the file'),
});
export type Column = z.infer<typeof columnObject>;

const column = z.union([list.transform((from): Column => ({ from })), columnObject]);

const condition = z.strictObject({
  column: columnName,
  codes: z.string().optional().describe('A table of `codes` that its text is looked up in first'),
  is: list.optional().describe('One of these texts, whatever their case'),
  isNot: list.optional().describe('None of these texts'),
  startsWith: list.optional(),
  contains: list.optional(),
  isEmpty: z.boolean().optional(),
  isZero: z.literal(true).optional().describe('Empty, or an amount of nothing'),
  inCodes: z.string().optional().describe('A word of this table of `codes`, whatever it means'),
});
const conditions = z.union([condition.transform((one) => [one]), z.array(condition)]).describe('All of them');

const converter = z.enum(converterNames);
const codes = z.string().describe('A table of `codes` that the text is looked up in');
const when = conditions.optional();

const constant = z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]), when });
const taken = z.strictObject({
  from: list.describe('The first of these columns that says something'),
  as: converter.default('text'),
  codes: codes.optional(),
  without: z.string().optional().describe('A text that its beginning is freed of'),
  when,
});
const joined = z
  .strictObject({ join: z.array(columnName).min(2), when })
  .describe('With a space between them');
const moment = z
  .strictObject({ date: columnName, time: columnName, when })
  .describe('An instant, by the clock of the store');
const stamped = z
  .strictObject({ stampDate: z.literal(true), when })
  .describe('The day on which the file was made');
const total = z
  .strictObject({ sum: columnName, as: converter.default('money'), when })
  .describe('Over the entries of a list');
const each = z
  .strictObject({ each: columnName, as: converter.default('text'), when })
  .describe('A list of single values');
const simple = z.union([constant, taken, joined, moment, stamped]);
const entries = z
  .strictObject({ list: z.record(z.string(), z.union([simple, z.array(simple)])), when })
  .describe('A list of objects, from columns that are lists of the same length');
const rule = z.union([constant, taken, joined, moment, stamped, total, each, entries]);
const field = z.union([rule.transform((one) => [one]), z.array(rule)]);

const because = z.string().min(1).describe('The reason that the receipt counts it under');

const stampPattern = z
  .string()
  .refine(hasDate, "expected a regular expression with a group named date, such as 'gp-(?<date>\\\\d{8})'");

function hasDate(pattern: string): boolean {
  try {
    return pattern.includes('(?<date>') && new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}

export const source = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  title: z.string().describe('Whose file this is, in a line'),
  notes: z.array(z.string()).default([]).describe('What somebody who connects it should know'),
  format: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('delimited'),
      delimiter: z.string().length(1),
      quote: z
        .union([z.string().length(1), z.null()])
        .default('"')
        .describe('null: texts are never quoted'),
      encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
    }),
    z.strictObject({
      type: z.literal('xml'),
      record: list.describe(
        'The name of the element that is one record, or the names that it has been seen with',
      ),
    }),
    z.strictObject({
      type: z.literal('json'),
      records: z
        .string()
        .default('')
        .describe('The path of the list; empty: the file is one, or one record a line'),
    }),
  ]),
  stamp: z
    .strictObject({
      fileName: stampPattern
        .optional()
        .describe('A regular expression with the groups date and, if known, time'),
      title: stampPattern.optional().describe('The same, for a line above the header'),
      column: columnName.optional().describe("The record's own instant of change"),
      as: z
        .enum(['instant', 'local-instant'])
        .default('instant')
        .describe('How the column is written: with its offset, or by the clock of the store'),
    })
    .default({ as: 'instant' })
    .describe("Since when a record is so: never its business date. Else the file's own time"),
  webhook: webhook.optional(),
  dates: z.array(z.enum(dateForms)).min(1).describe('How dates are written; the first that fits counts'),
  dealer: columnName
    .optional()
    .describe('The column that names the dealer. Left out: the whole file is one store'),
  columns: z
    .record(columnName, column)
    .describe('All that is ever read of a file: whatever is not named here is not'),
  key: columnName.describe('The number that names a record in the receipt'),
  oneRecordOf: columnName
    .optional()
    .describe('Rows that follow each other with the same value are one record'),
  codes: z
    .record(z.string(), z.record(z.string(), z.string()))
    .default({})
    .describe('What the words of a system mean'),
  trailer: z
    .strictObject({ when: conditions, records: taken.optional(), total: taken.optional() })
    .optional()
    .describe("A row below the others with the file's own count and total"),
  total: total.optional().describe('What the total of the trailer counts'),
  skip: z.array(z.strictObject({ when: conditions, because })).default([]),
  wait: z
    .array(z.strictObject({ when: conditions, because }))
    .default([])
    .describe('Records that a later file completes: a deal that is not booked yet'),
  absence: z
    .strictObject({
      means: z
        .enum(['order closed', 'appointment cancelled'])
        .describe('What became of a record that is gone: an open order was closed, an appointment cancelled'),
      afterFiles: z
        .number()
        .int()
        .min(2)
        .max(5)
        .default(2)
        .describe('How many files in a row have to lack it'),
      atMostPercent: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(30)
        .describe('A file after which more would be over at once stops'),
    })
    .optional()
    .describe('Only where each file lists all that is open: what a record that is gone means'),
  facts: z
    .array(z.strictObject({ event: z.string(), when, fields: z.record(z.string(), field) }))
    .min(1)
    .describe('The first whose condition holds'),
});

export type Source = z.infer<typeof source>;
export type Condition = z.infer<typeof condition>;
export type Rule = z.infer<typeof rule>;
export type SimpleRule = z.infer<typeof simple>;
export type Taken = z.infer<typeof taken>;

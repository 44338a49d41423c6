/** What the feed commands print: reasons and fields, never a customer's values. */
import type { Problem } from '../../functions/contracts/limits.ts';
import type { Absence } from '../../functions/feeds/absence.ts';
import { countsOf, type FileReceipt } from '../../functions/feeds/file-receipt.ts';
import type { Judged, Receipt } from '../../functions/feeds/judge-file.ts';
import {
  amountsInWords,
  type Counts,
  endedInWords,
  sumInWords,
  sumOf,
} from '../../functions/feeds/receipt-words.ts';
import type { Column, Condition, Rule, SimpleRule, Source } from '../../functions/feeds/source.ts';
import type { Verify } from '../../functions/feeds/webhook.ts';
import { table } from '../lib/table.ts';

export function judgedLines({ row, key, mapped }: Judged): string[] {
  const what = `row ${row}${key === '' ? '' : `, ${key}`}`;
  switch (mapped.kind) {
    case 'event':
      return [
        `event    ${what}: ${mapped.detailType}`,
        ...mapped.warnings.map((warning) => `           note: ${problemLine(warning)}`),
      ];
    case 'skipped':
    case 'waiting':
      return [`${mapped.kind}  ${what}: ${mapped.because}`];
    case 'refused':
      return [
        `REFUSED  ${what}${mapped.detailType === undefined ? '' : `: ${mapped.detailType}`}`,
        ...mapped.problems.map((problem) => `           ${problemLine(problem)}`),
      ];
  }
}

const problemLine = ({ path, message }: Problem) => (path === '' ? message : `${path}: ${message}`);

export function receiptLines({ read, events, skipped, waiting, refused, cents, stops }: Receipt): string[] {
  return [
    `${read} read = ${sumOf(events)} events + ${sumOf(skipped)} skipped + ${sumOf(waiting)} waiting + ${refused} refused`,
    ...countLines(events),
    ...countLines(skipped),
    ...countLines(waiting),
    ...centsLines(cents),
    ...stops.map(({ reason, says }) => `This file stops, and nothing of it is sent (${reason}): ${says}`),
  ];
}

const states = {
  reading: 'is being read',
  read: 'read',
  stopped: 'STOPPED, and nothing of it was sent',
} as const satisfies Record<FileReceipt['state'], string>;

/** The result for a file in its feed's folder. */
export function fileReceiptLines(receipt: FileReceipt): string[] {
  const { fileName, modifiedAt, state, isHistory, stops, judged } = receipt;
  const { sent, skipped, waiting } = countsOf(receipt);
  const dropped = `${modifiedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `${dropped}  ${fileName}: ${states[state]}${isHistory ? ', as history' : ''}`,
    ...stops.map(({ reason, says }) => `  ${reason}: ${says}`),
    `  ${sumInWords(receipt)}`,
    ...countLines(sent),
    ...countLines(skipped),
    ...countLines(waiting),
    ...countLines(endedInWords(receipt)),
    ...centsLines(judged?.cents ?? {}),
  ];
}

const countLines = (counts: Counts): string[] =>
  table(
    Object.entries(counts).map(([why, count]) => [String(count), why]),
    { right: [0], indent: '    ' },
  );

const centsLines = (cents: Counts): string[] => table(amountsInWords(cents), { right: [1], indent: '    ' });

/** Which fields of the file become which fields of our events, as a table. */
export function explained(source: Source): string[] {
  const { title, notes, columns, skip, wait, facts, webhook } = source;
  const because = ({ when, because: why }: Source['skip'][number]) => [why, conditionsInWords(when)];
  return [
    title,
    ...notes.map((note) => `  ${note}`),
    ...fileInWords(source).map((line) => `  ${line}`),
    ...(webhook ? [`  can be posted, with ${proofInWords(webhook.verify)}`] : []),
    '',
    'Columns that are read',
    ...table(
      Object.entries(columns).map(([name, column]) => [name, columnInWords(column)]),
      { indent: '  ' },
    ),
    ...(skip.length > 0 ? ['', 'Skipped', ...table(skip.map(because), { indent: '  ' })] : []),
    ...(wait.length > 0 ? ['', 'Waiting', ...table(wait.map(because), { indent: '  ' })] : []),
    ...facts.flatMap(({ event, when, fields }) => [
      '',
      `${event}${when ? `, where ${conditionsInWords(when)}` : ''}`,
      ...table(
        Object.entries(fields).map(([field, rules]) => [field, rules.map(ruleInWords).join('; else ')]),
        { indent: '  ' },
      ),
    ]),
  ];
}

/** The form of the files, what identifies a record, and since when records are valid. */
export function fileInWords({ format, dates, dealer, key, oneRecordOf, stamp, absence }: Source): string[] {
  const titled = stamp.fileName !== undefined || stamp.title !== undefined;
  const stamps = [
    stamp.column === undefined
      ? undefined
      : `the record's own ${stamp.column}${stamp.as === 'local-instant' ? ", by the store's clock" : ''}`,
    stamp.fileName === undefined ? undefined : "the date in the file's name",
    stamp.title === undefined ? undefined : 'the date in a line above the header',
    titled ? undefined : "the file's own time",
  ];
  return [
    formatInWords(format),
    `dates are written as ${dates.join(' or ')}`,
    dealer === undefined ? 'the whole file is one store' : `the column ${dealer} names the dealer`,
    oneRecordOf === undefined
      ? `a record is named by ${key}`
      : `a record is named by ${key}: rows that follow each other with the same ${oneRecordOf} are one`,
    `so since: ${stamps.filter((one) => one !== undefined).join(', else ')}`,
    ...(absence ? [absenceInWords(absence)] : []),
  ];
}

const absenceInWords = ({ means, afterFiles, atMostPercent }: Absence) =>
  `each file lists all that is open: ${whatIsGone[means]} once ${afterFiles} files in a row lack it; a file after which more than ${atMostPercent} % would be at once stops`;

const whatIsGone = {
  'order closed': 'an order is over',
  'appointment cancelled': 'an appointment is cancelled',
} as const satisfies Record<Absence['means'], string>;

/** How a post proves that the vendor sent it. */
export function proofInWords(verify: Verify): string {
  switch (verify.by) {
    case 'signature': {
      const parts = verify.over.map((part) => ({ body: 'the body', time: 'the time', id: 'the id' })[part]);
      const window = verify.time ? `, of the last ${verify.time.withinMinutes} minutes` : '';
      return `an HMAC (${verify.algorithm}) over ${parts.join(', ')} in the header \`${verify.header}\`${window}`;
    }
    case 'key in a header':
      return `the key in the header \`${verify.header}\``;
    case 'key in the address':
      return `the key in the address, as \`${verify.parameter}\``;
    case 'token':
      return `a token of \`${verify.issuer}\` for \`${verify.audience}\`, whose ${verify.ours.map((claim) => `\`${claim}\``).join(' and ')} ${verify.ours.length === 1 ? 'is' : 'are'} our key`;
  }
}

function formatInWords(format: Source['format']): string {
  switch (format.type) {
    case 'delimited': {
      const between = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[format.delimiter];
      const quoted = format.quote === null ? 'never quoted' : `quoted with ${format.quote} where needed`;
      return `rows with ${between ?? `'${format.delimiter}'`} between the columns, ${quoted}, in ${format.encoding}`;
    }
    case 'xml':
      return `XML, an element ${format.record.join(' or ')} for each record`;
    case 'json':
      return format.records === ''
        ? 'JSON: one record, a list of them, or one a line'
        : `JSON, with the list of records at ${format.records}`;
  }
}

export function columnInWords({ from, in: within, gather, split, optional }: Column): string {
  const names = from.map((name) => `'${name}'`).join(gather ? ', ' : ' or ');
  const parts = [
    within === undefined ? names : `${names} in each '${within}'`,
    gather ? 'together' : undefined,
    split === undefined ? undefined : `a list with ${[...split].join(' or ')} between`,
    optional ? 'where there is one' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

export const conditionsInWords = (when: readonly Condition[]): string =>
  when.map(conditionInWords).join(' and ');

function conditionInWords(condition: Condition): string {
  const { column, codes, is, isNot, startsWith, contains, isEmpty, isZero, inCodes } = condition;
  const words = (texts: readonly string[]) => texts.join(' or ');
  const parts = [
    is && `is ${words(is)}`,
    isNot && `is not ${words(isNot)}`,
    startsWith && `starts with ${words(startsWith)}`,
    contains && `has ${words(contains)} in it`,
    isEmpty === undefined ? undefined : isEmpty ? 'is empty' : 'is not empty',
    isZero && 'is nothing',
    inCodes && `is in the codes ${inCodes}`,
  ];
  const name = codes === undefined ? column : `${column} by the codes ${codes}`;
  return `${name} ${parts.filter(Boolean).join(' and ')}`;
}

export function ruleInWords(rule: Rule): string {
  const where = rule.when ? ` where ${conditionsInWords(rule.when)}` : '';
  if ('sum' in rule) return `the sum of ${rule.sum} (${rule.as})${where}`;
  if ('each' in rule) return `each ${rule.each} (${rule.as})${where}`;
  if ('list' in rule) {
    const fields = Object.entries(rule.list).map(
      ([field, rules]) => `${field} from ${[rules].flat().map(simpleInWords).join('; else ')}`,
    );
    return `a list: ${fields.join(', ')}${where}`;
  }
  return `${simpleInWords(rule)}${where}`;
}

function simpleInWords(rule: SimpleRule): string {
  if ('value' in rule) return `'${rule.value}'`;
  if ('join' in rule) return rule.join.join(' and ');
  if ('date' in rule) return `${rule.date} at ${rule.time}, by the clock of the store`;
  if ('stampDate' in rule) return 'the day on which the file was made';
  const { from, as, codes } = rule;
  const how = [as === 'text' ? undefined : as, codes && `by the codes ${codes}`].filter(Boolean).join(', ');
  return `${from.join(' or ')}${how === '' ? '' : ` (${how})`}`;
}

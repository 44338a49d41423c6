/** Renders docs/events.md from the contracts, so that the docs match the validation. */
import { readFileSync } from 'node:fs';
import { type Contract, OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { type DateBound, type DateBounds, past } from '../../functions/contracts/dates.ts';
import { limits } from '../../functions/contracts/limits.ts';
import { outgoingEvents } from '../../functions/contracts/outgoing.ts';
import { incomingEvents, internalEvents } from '../../functions/events.ts';
import { routes } from '../../lib/routes.ts';
import { fieldsOf, type SchemaField } from '../schemas/fields.ts';
import { eventFieldRow, generated, join, table } from './markdown.ts';

export function renderEvents(): string {
  return join([
    generated,
    '# Events',
    sending,
    table(
      ['limit', 'of a detail'],
      [
        ['bytes, as UTF-8 JSON', number(limits.detailBytes)],
        ['levels of nesting', number(limits.depth)],
        ['values in all objects and lists', number(limits.values)],
        ['years of a date', `${limits.years.from} to ${limits.years.to}`],
      ],
    ),
    '## What a DMS sends',
    contents(incomingEvents),
    ...incomingEvents.map((contract) => eventSection(contract, [sampleOf(contract)])),
    '## What this software tells itself',
    `From the source \`${OWN_SOURCE}\`, which the bus lets nobody else use.`,
    ...internalEvents.map((contract) => eventSection(contract)),
    '## What this software tells others',
    'Put a rule on the bus for what you want to hear. Ids and numbers only: names, addresses and what was said stay with the dealer.',
    outgoingEvents
      .map(({ detailType, title }) => `- [${detailType}](events/${detailType}.md): ${title}`)
      .join('\n'),
  ]);
}

/** A page for each published event, by file. */
export const outgoingPages: Readonly<Record<string, () => string>> = Object.fromEntries(
  outgoingEvents.map((contract) => [`docs/events/${contract.detailType}.md`, () => outgoingPage(contract)]),
);

function outgoingPage(contract: Contract): string {
  const { detailType, title, key, foundBy } = contract;
  const file = `samples/outgoing/${detailType}.json`;
  return join([
    generated,
    `# ${detailType}`,
    `${title}.`,
    [
      `- sent by: this software, with the source \`${OWN_SOURCE}\``,
      `- the same fact: ${key}`,
      `- follow it by: ${foundBy}`,
      '- version: 1',
      `- rule: \`${JSON.stringify(patternOf(contract))}\``,
      `- JSON Schema: [schemas/events/${detailType}.json](../../schemas/events/${detailType}.json)`,
    ].join('\n'),
    fieldTable(contract),
    `[${file}](../../${file}), as EventBridge delivers it:`,
    `\`\`\`json\n${readFileSync(file, 'utf8').trim()}\n\`\`\``,
    following,
  ]);
}

const following = `## What you can rely on

- It comes at least once and in no order: two with the same key are one fact, and of two about one task the later \`occurredAt\` is the
  newer.
- Within \`version\` 1 fields are only added. Ignore a field, a \`kind\` or a \`reason\` that you do not know.
- It holds ids and numbers only. Names, addresses and what was said stay with the dealer.
- [crm.md](../crm.md) shows how a JSON API is told of it.`;

function eventSection(contract: Contract, more: readonly string[] = []): string {
  return join([
    `### ${contract.detailType}`,
    `${contract.title}.`,
    [
      `- sent by: ${contract.sentBy}`,
      `- the same fact: ${contract.key}`,
      `- found by: ${contract.foundBy}`,
      '- version: 1',
      `- rule: \`${JSON.stringify(patternOf(contract))}\``,
    ].join('\n'),
    fieldTable(contract),
    ...more,
  ]);
}

function patternOf({ detailType }: Contract): object {
  const route = routes.find((one) => one.detailType === detailType);
  const source = route ? route.pattern.source : [OWN_SOURCE];
  return { ...(source && { source }), 'detail-type': [detailType] };
}

function contents(contracts: readonly Contract[]): string {
  return contracts.map(({ detailType, title }) => `- [${detailType}](#${detailType}): ${title}`).join('\n');
}

function fieldTable({ schema, dates }: Contract): string {
  const rows = fieldsOf(schema).map((field) => eventFieldRow({ ...field, limits: withDates(field, dates) }));
  return table(['field', 'type', '', 'limits', 'meaning'], rows);
}

const withDates = ({ path, limits }: SchemaField, dates: DateBounds = {}): string =>
  [limits, dateLimit(path === 'occurredAt' ? past : dates[path])].filter((text) => text !== '').join('; ');

function dateLimit(bound: DateBound | undefined): string {
  if (bound === undefined) return '';
  if (bound.is === 'past') return 'not ahead of now';
  return `from ${number(bound.daysBefore)} days before \`occurredAt\` to ${number(bound.daysAfter)} after`;
}

function sampleOf({ detailType }: Contract): string {
  const file = `samples/${detailType}.json`;
  return join([`[${file}](../${file}):`, `\`\`\`json\n${readFileSync(file, 'utf8').trim()}\n\`\`\``]);
}

function number(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: 'min2' });
}

const sending = `An event is sent to the dealer group's bus with EventBridge's PutEvents, from one of the principals that stand in
\`eventSenders\` of the group's file, with one of the sources that stand beside it there:

\`\`\`json
{ "source": "dms.<vendor>", "detail-type": "vehicle-sold", "detail": { "storeId": "…", "occurredAt": "…" } }
\`\`\`

- \`npm run check-event -- file.json\` checks offline whether an event is good, and if not, names the field and the reason.
  With \`--roster roster.csv\` it names the employee numbers that nobody has. [connect.md](connect.md) has the bus and the lines that send.
- [schemas/events/](../schemas/events) has each event as a JSON Schema (draft 2020-12); the detail alone is \`#/$defs/detail\`. A
  schema sees the shape; \`check-event\` also knows the rules between fields, the limits and the group's stores.
- An event that no contract accepts is refused, kept with the reason, and reported as [handoff-event-refused](events/handoff-event-refused.md).
  Send it again as it should be: a good version of the fact takes what was refused of it off the list of dead letters.
- Sending the same fact again is harmless: each event names what makes two of them the same fact. Of two versions the
  one with the later \`occurredAt\` wins, in whatever order they come.
- **To correct a fact**, send it whole, with the same numbers and with the time of the correction as \`occurredAt\`. A source that
  knows the day only, or dates a correction like the fact itself, counts up \`revision\`; a tie without it goes to what was put on
  the bus later (the envelope's \`time\`, which a redelivery and a replay keep), and within one second to a hash of the content.
  Send \`revision\` with every event about a number or with none.
- **To take back** an unwinding, a void or a closing, send the sale or the quote again with a later \`occurredAt\`, or with the same
  one and a higher \`revision\`: the deal or the order is open again. So a file that repeats facts must keep their dates.
- **A number that comes back** with another customer and another car is a fact of its own; a late event of its former use is
  refused.
- Fields that are not in a table are kept and not read.
- A field that ends in \`At\` is an instant, one that ends in \`On\` a date of the store. Where an event takes either, send the
  instant if your source has the time, and else the date, never a date with midnight: midnight is another day elsewhere.
- Without [service-visit-completed](#service-visit-completed) for every closed order, no customer counts as a long-term service
  customer, and Sales is never notified. Import past orders once, and send each order as it closes.
- Each table says how a field is treated. A **key** finds the fact and a **needed** field is one that the handoff cannot do
  without: without it, or with a wrong value, the event is refused. A wrong value of an **optional** field counts as left
  out; only an **exact** one refuses the event. Texts and lists that are too long are cut. All this is a warning: see
  [handoff-event-warned](events/handoff-event-warned.md). A field that speaks against contacting somebody counts as the careful
  answer when it cannot be read.
- Null, an empty text and an empty entry of a list mean left out. A number may come as text (\`5,120\`), a text as a number,
  \`yes\` and \`N\` for true and false, and the words of an enumeration in any case.
- An **instant** is ISO 8601 with its offset, \`2026-11-20T16:30:00-06:00\`; a **date** is \`2026-11-20\` on the store's calendar;
  **cents** are whole cents of the store's currency; an **identifier** is a number or text of the DMS, unique per store only:
  letters, digits and \`. _ / - * : + &\`; a leading \`#\` is ignored.`;

/** JSON Schemas of the events and the group's file, for editors and for integrators' own tests. */
import * as z from 'zod';
import { type Contract, OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { outgoingEvents } from '../../functions/contracts/outgoing.ts';
import { incomingEvents, internalEvents } from '../../functions/events.ts';
import { source } from '../../functions/feeds/source.ts';
import { groupFile } from '../../functions/group/group-file.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Excludes the sources that the bus and `check-event` refuse: our own, and AWS's. */
const sourceOfOthers: JsonSchema = {
  type: 'string',
  minLength: 1,
  pattern: `^(?!${OWN_SOURCE}$)(?![aA][wW][sS]\\.)`,
  description: "A name of the sender's own, such as dms.tekion",
};

/** The content of each schema file. */
export const schemaFiles: Readonly<Record<string, () => string>> = {
  'schemas/group.json': () => asText({ ...schemaOf(groupFile), title: "A dealer group's file" }),
  'schemas/source.json': () =>
    asText({ ...schemaOf(source), title: 'A source: what a file of a feed looks like' }),
  ...filesOf(incomingEvents, sourceOfOthers),
  ...filesOf([...internalEvents, ...outgoingEvents], { const: OWN_SOURCE }),
};

function filesOf(contracts: readonly Contract[], source: JsonSchema): Record<string, () => string> {
  return Object.fromEntries(
    contracts.map((contract) => [
      `schemas/events/${contract.detailType}.json`,
      () => asText(eventSchema(contract, source)),
    ]),
  );
}

/** The schema of a whole event; `#/$defs/detail` validates the detail alone. */
function eventSchema({ detailType, title, key, schema }: Contract, source: JsonSchema): JsonSchema {
  const { $schema, ...detail } = schemaOf(schema);
  return {
    ...($schema === undefined ? {} : { $schema }),
    title: detailType,
    description: `${title}. The same fact: ${key}.`,
    type: 'object',
    required: ['source', 'detail-type', 'detail'],
    properties: { source, 'detail-type': { const: detailType }, detail: { $ref: '#/$defs/detail' } },
    $defs: { detail },
  };
}

/** The schema as a sender or author sees it, before defaults and transformations. */
function schemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema }) => published(jsonSchema) });
}

/** Only these formats belong to JSON Schema; the others are meant for the documentation. */
const standardFormats = ['date', 'date-time', 'email', 'uri'];

function published(schema: JsonSchema): void {
  // docs/events.md describes how a field is treated when an event comes in.
  delete schema['importance'];
  delete schema['ifWrong'];
  // A VIN is accepted in lower case and with spaces around it.
  if (schema.format === 'VIN') schema.pattern = '^\\s*[A-Za-z0-9]{5,17}\\s*$';
  if (schema.format !== undefined && !standardFormats.includes(schema.format)) delete schema.format;
}

const asText = (schema: JsonSchema) => `${JSON.stringify(schema, null, 2)}\n`;

/** The fields of a schema one by one, by path, for the documentation and for spotting mistyped names. */
import * as z from 'zod';
import type { Importance } from '../../functions/contracts/edge.ts';

export interface SchemaField {
  /** `customer.email`, `salespeople[].employeeNumber`, `firstService.byBrand.<any>`. */
  readonly path: string;
  readonly type: string;
  readonly limits: string;
  readonly required: boolean;
  /** What happens to an event in which the field is missing or wrong. */
  readonly importance: Importance;
  /** The value that replaces a wrong one, as JSON. */
  readonly ifWrong?: string;
  /** The default, as JSON. */
  readonly byDefault?: string;
  readonly meaning: string;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Place = { readonly path: string; readonly required: boolean };

/** The fields as a sender or an author writes them, before defaults and transformations. */
export function fieldsOf(schema: z.ZodType): SchemaField[] {
  return inside(z.toJSONSchema(schema, { io: 'input' }), '');
}

function fieldOf(schema: JsonSchema, { path, required }: Place): SchemaField {
  return {
    path,
    required,
    importance: importanceOf(schema, required),
    ...(schema['ifWrong'] !== undefined && { ifWrong: JSON.stringify(schema['ifWrong']) }),
    type: typeOf(schema),
    limits: limitsOf(schema),
    ...(hasOwnDefault(schema) && { byDefault: JSON.stringify(schema.default) }),
    meaning: schema.description ?? '',
  };
}

function importanceOf({ importance }: JsonSchema, required: boolean): Importance {
  if (importance === 'key' || importance === 'exact') return importance;
  return required ? 'needed' : 'optional';
}

/** Whether the default is worth showing: an optional object has an empty default, and its fields have their own. */
function hasOwnDefault({ default: byDefault }: JsonSchema): boolean {
  return byDefault !== undefined && JSON.stringify(byDefault) !== '{}';
}

function inside(schema: JsonSchema, path: string): SchemaField[] {
  const required = new Set(schema.required);
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
    withInside(child, { path: path === '' ? key : `${path}.${key}`, required: required.has(key) }),
  );
  const { items, additionalProperties: others } = schema;
  const listed = isSchema(items) ? inside(items, `${path}[]`) : [];
  const free =
    isSchema(others) && others.type ? withInside(others, { path: `${path}.<any>`, required: false }) : [];
  return [...named, ...listed, ...free];
}

function withInside(child: JsonSchema | boolean, place: Place): SchemaField[] {
  return isSchema(child) ? [fieldOf(child, place), ...inside(child, place.path)] : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const formats: Readonly<Record<string, string>> = {
  'date-time': 'instant',
  email: 'email address',
  uri: 'web address',
};

const types: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
};

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.map((value) => `\`${String(value)}\``).join(', ')}`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.format) return formats[schema.format] ?? schema.format;
  if (isSchema(schema.items)) return `list of ${plural(typeOf(schema.items))}`;
  return types[String(schema.type)] ?? String(schema.type ?? 'anything');
}

function plural(type: string): string {
  return type === 'email address or @domain' ? 'email addresses and @domains' : `${type}s`;
}

function limitsOf(schema: JsonSchema): string {
  if (schema.enum || schema.const !== undefined) return '';
  return [
    between(schema.minLength === 1 ? undefined : schema.minLength, schema.maxLength, ' characters'),
    between(schema.minimum, schema.maximum, ''),
    between(schema.minItems, schema.maxItems, ' entries'),
    isSchema(schema.items) && schema.items.type === 'string' ? eachOf(schema.items) : '',
  ]
    .filter((text) => text !== '')
    .join('; ');
}

function eachOf(items: JsonSchema): string {
  const limits = limitsOf(items);
  return limits === '' ? '' : `each ${limits}`;
}

function between(least: number | undefined, most: number | undefined, unit: string): string {
  const number = (value: number) => value.toLocaleString('en-US', { useGrouping: 'min2' });
  if (least !== undefined && most !== undefined) return `${number(least)} to ${number(most)}${unit}`;
  if (most !== undefined) return `at most ${number(most)}${unit}`;
  return least === undefined ? '' : `at least ${number(least)}${unit}`;
}

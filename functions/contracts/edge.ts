import * as z from 'zod';
import type { OddFact } from './warnings.ts';

/**
 * How a field is read at the edge, where an event comes in. A schema describes a good fact and also reads stored
 * facts; this registry holds what people and exports write instead.
 */
export interface EdgeReading {
  readonly value: unknown;
  readonly odd?: OddFact;
}

interface Edge {
  /** Converts what was written to the value that the schema accepts. */
  readonly read?: (written: unknown) => EdgeReading;
  /** A text that is too long is cut. */
  readonly isCut?: boolean;
  /** Makes the entry that replaces those cut from a list that is too long. Without it they are dropped. */
  readonly inPlaceOf?: (lost: readonly unknown[]) => unknown;
}

export const edge = z.registry<Edge>();

/**
 * What happens to an event that lacks the field. `key`: it identifies the fact. `needed`: nothing can be done without
 * it. `exact`: it may be left out but never misread, such as `version`. `optional`: a wrong value counts as left out.
 */
export type Importance = 'key' | 'needed' | 'exact' | 'optional';

/** Marks a field that identifies the fact. */
export const key = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ importance: 'key' });

/** Marks a field that may be left out, but refuses the event if its value is wrong. */
export const exact = <Schema extends z.ZodType>(schema: Schema): Schema =>
  schema.meta({ importance: 'exact' });

/** Marks a field with the cautious value that replaces a wrong one: no call is better than an unwanted call. */
export const careful = <Schema extends z.ZodType>(schema: Schema, ifWrong: z.infer<Schema>): Schema =>
  schema.meta({ ifWrong });

const edgeMeta = z.object({
  importance: z.enum(['key', 'exact']).optional(),
  ifWrong: z.unknown().optional(),
});

/** The marks of a schema and of the one it wraps: a field may be marked before or after `.optional()`. */
export function marksOf(schema: z.ZodType): z.infer<typeof edgeMeta> {
  const own = edgeMeta.parse(z.globalRegistry.get(schema) ?? {});
  const inner = wrapped(schema);
  return inner ? { ...marksOf(inner), ...withoutUndefined(own) } : own;
}

const withoutUndefined = (marks: z.infer<typeof edgeMeta>) =>
  Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== undefined));

export function edgeOf(schema: z.ZodType): Edge {
  const inner = wrapped(schema);
  return { ...(inner ? edgeOf(inner) : {}), ...edge.get(schema) };
}

/** The schema as a sender sees it, without `optional`, defaults and transformations. */
export function bare(schema: z.ZodType): z.ZodType {
  const inner = wrapped(schema);
  return inner ? bare(inner) : schema;
}

export const mayBeLeftOut = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;

function wrapped(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return typed(schema.def.innerType);
  if (!(schema instanceof z.ZodPipe)) return undefined;
  return typed(schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in);
}

/** The schema of a field of an object, or of an entry of a list. */
export function inside(schema: z.ZodType, at: PropertyKey): z.ZodType | undefined {
  const whole = bare(schema);
  if (whole instanceof z.ZodObject)
    return typed(Object.entries(whole.shape).find(([name]) => name === at)?.[1]);
  return whole instanceof z.ZodArray ? typed(whole.element) : undefined;
}

const typed = (schema: unknown): z.ZodType | undefined => (schema instanceof z.ZodType ? schema : undefined);

export const isList = (schema: z.ZodType): boolean => bare(schema) instanceof z.ZodArray;

import * as z from 'zod';
import type { OddFact } from './warnings.ts';

/**
 * How a field is read at the edge, where an event comes in. A schema says what a good fact looks like, and reads stored
 * facts, too; what people and exports write instead is said here, beside it.
 */
export interface EdgeReading {
  readonly value: unknown;
  readonly odd?: OddFact;
}

interface Edge {
  /** From the written value to the one that the schema takes. */
  readonly read?: (written: unknown) => EdgeReading;
  /** A longer text is cut. */
  readonly isCut?: boolean;
  /** What stands for the entries that a longer list loses; without it they are only left out. */
  readonly inPlaceOf?: (lost: readonly unknown[]) => unknown;
}

export const edge = z.registry<Edge>();

/**
 * What an event without the field is worth. `key`: finds the fact. `needed`: nothing can be done without it. `version`
 * and the like may be left out, but never misread: `exact`. All others decorate: a wrong value counts as left out.
 */
export type Importance = 'key' | 'needed' | 'exact' | 'optional';

/** A field that finds the fact. */
export const key = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ importance: 'key' });

/** A field that may be left out; a wrong value refuses the event. */
export const exact = <Schema extends z.ZodType>(schema: Schema): Schema =>
  schema.meta({ importance: 'exact' });

/** A field whose wrong value counts as the careful one: no call is better than a call that was not wanted. */
export const careful = <Schema extends z.ZodType>(schema: Schema, ifWrong: z.infer<Schema>): Schema =>
  schema.meta({ ifWrong });

const edgeMeta = z.object({
  importance: z.enum(['key', 'exact']).optional(),
  ifWrong: z.unknown().optional(),
});

/** The marks of a schema and of what it wraps: a field is marked before or after `.optional()`. */
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

/** The schema without `optional`, defaults and transformations: as a sender writes it. */
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

/** What is inside an object or a list, by name or number. */
export function inside(schema: z.ZodType, at: PropertyKey): z.ZodType | undefined {
  const whole = bare(schema);
  if (whole instanceof z.ZodObject)
    return typed(Object.entries(whole.shape).find(([name]) => name === at)?.[1]);
  return whole instanceof z.ZodArray ? typed(whole.element) : undefined;
}

const typed = (schema: unknown): z.ZodType | undefined => (schema instanceof z.ZodType ? schema : undefined);

export const isList = (schema: z.ZodType): boolean => bare(schema) instanceof z.ZodArray;

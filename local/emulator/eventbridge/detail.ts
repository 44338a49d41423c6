import * as z from 'zod';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Passed on unchanged: a copy would lose a field called `__proto__`, which EventBridge delivers like any other. */
export const detailSchema = z.custom<Record<string, unknown>>(isObject, 'expected an object');

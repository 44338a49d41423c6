import * as z from 'zod';
import { UsageProblem } from './problem.ts';

/** Parses an option that takes a date. */
export function day(option: string): (text: string) => string {
  return (text) => {
    const read = z.iso.date().safeParse(text);
    if (read.success) return read.data;
    throw new UsageProblem(`${option} takes a date such as 2026-11-20, not '${text}'`);
  };
}

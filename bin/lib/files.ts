/** Reads files that arguments name. */
import { readFileSync, statSync } from 'node:fs';
import { messageOf, Problem, UsageProblem } from './problem.ts';

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageProblem(`${file} cannot be read: ${messageOf(error)}`);
  }
}

/** The text of a file that a spreadsheet may have saved. */
export function readText(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageProblem(`${file} is not in UTF-8: save it as "CSV UTF-8" in your spreadsheet.`);
  }
}

export function readJson(file: string): unknown {
  const text = readBytes(file)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(`${file} cannot be read: expected JSON: ${messageOf(error)}`);
  }
}

export function requireFile(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageProblem(`There is no file ${file}`);
}

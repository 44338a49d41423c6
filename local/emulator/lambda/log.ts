import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';

const mostBytes = 50 * 1024 * 1024;

/** A log that keeps its latest part and one older file, because a year of sweeps writes a lot. */
export function openLog(file: string): (text: string) => void {
  let size = existsSync(file) ? statSync(file).size : 0;
  return (text) => {
    if (size > mostBytes) {
      renameSync(file, `${file}.old`);
      size = 0;
    }
    appendFileSync(file, text);
    size += text.length;
  };
}

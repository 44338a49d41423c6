import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A stack frame in a bundled file: its URL or path, line and column. */
const FRAME = /((?:file:\/\/)?\/[^\s():]+\.[cm]js):(\d+):(\d+)/g;

/**
 * Rewrites the stacks of an error and its causes to source lines, using the source maps next to the bundle. Node does
 * the same with --enable-source-maps, but then reads and parses the whole map on every cold start; here that happens
 * only when there is an error to log. Doing it twice changes nothing.
 */
export function nameSourceLines(error: Error): void {
  const maps = new Map<string, SourceMap | undefined>();
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.stack !== undefined) at.stack = mapped(at.stack, maps);
  }
}

function mapped(stack: string, maps: Map<string, SourceMap | undefined>): string {
  return stack.replaceAll(FRAME, (frame, file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    const found = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!found || !('originalSource' in found)) return frame;
    const { originalSource, originalLine, originalColumn } = found;
    return `${originalSource.replace(/^(?:\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

/** Undefined if the map is missing or cannot be read: a stack of the bundle is better than no log line. */
function readMap(file: string): SourceMap | undefined {
  try {
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}

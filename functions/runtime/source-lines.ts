import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A frame of a stack in a bundled file: its address or path, line and column. */
const FRAME = /((?:file:\/\/)?\/[^\s():]+\.[cm]js):(\d+):(\d+)/g;

/**
 * Names the lines of the source in the stacks of an error and of its causes, by the source maps beside the bundle. Node
 * does the same with --enable-source-maps, but then reads and parses the whole map in every cold start; here it is read
 * when there is an error to log. Naming them again changes nothing.
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

/** Undefined if there is none that can be read: a stack of the bundle is better than no log line. */
function readMap(file: string): SourceMap | undefined {
  try {
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}

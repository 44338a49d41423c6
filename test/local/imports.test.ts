import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Type imports count: a type of the product in the emulator would tie the two together all the same. */
const importPattern = /\b(?:from|import) '([^']+)'/g;
const repository = join(import.meta.dirname, '../..');

function importsIn(source: string): string[] {
  return [...source.matchAll(importPattern)].map(([, specifier = '']) => specifier);
}

/** Each file of a folder with the repository paths, or the packages, that it imports. */
function importGraph(folder: string): Map<string, string[]> {
  const files = readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
  return new Map(
    files.map((file) => {
      const specifiers = importsIn(readFileSync(join(repository, file), 'utf8'));
      return [
        file,
        specifiers.map((specifier) =>
          specifier.startsWith('.') ? relative('.', join(dirname(file), specifier)) : specifier,
        ),
      ];
    }),
  );
}

/** What lies outside the emulator among the paths that its files import. */
function productImports(graph: Map<string, string[]>): string[] {
  return [...graph].flatMap(([file, imports]) =>
    imports
      .filter((path) => /^(\.\.|functions|lib|groups|samples|bin|test|local)\//.test(path))
      .filter((path) => !path.startsWith('local/emulator/'))
      .map((path) => `${file} imports ${path}`),
  );
}

function circleFrom(
  file: string,
  graph: Map<string, string[]>,
  path: string[],
  clear: Set<string>,
): string[] {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (clear.has(file)) return [];
  for (const next of graph.get(file) ?? []) {
    const circle = circleFrom(next, graph, [...path, file], clear);
    if (circle.length > 0) return circle;
  }
  clear.add(file);
  return [];
}

function circles(graph: Map<string, string[]>): string[] {
  const clear = new Set<string>();
  return [...graph.keys()].map((file) => circleFrom(file, graph, [], clear).join(' > ')).filter(Boolean);
}

describe('imports of the local run', () => {
  it('the emulator imports nothing of the product', () => {
    const graph = importGraph('local/emulator');
    expect(graph.size).toBeGreaterThan(40);
    expect(productImports(graph)).toEqual([]);
  });

  it('no file of the local run stands in an import circle', () => {
    expect(circles(importGraph('local'))).toEqual([]);
  });

  it('a planted breach is found', () => {
    const source = "import type { Key } from '../../functions/handoff/keys.ts';";
    const [breach = ''] = importsIn(source).map((specifier) =>
      relative('.', join('local/emulator', specifier)),
    );
    expect(productImports(new Map([['local/emulator/x.ts', [breach]]]))).toEqual([
      'local/emulator/x.ts imports functions/handoff/keys.ts',
    ]);
    const planted = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['a.ts']],
    ]);
    expect(circles(planted)).toContain('a.ts > b.ts > a.ts');
  });
});

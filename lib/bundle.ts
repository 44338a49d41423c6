/** Bundles all functions with esbuild in one build: one directory each, reproducible on every machine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { FileFeed } from '../functions/feeds/file-feed.ts';
import type { Group } from '../functions/group/group.ts';
import { addLibraries, loadedWhenNeeded } from './libraries-when-needed.ts';
import { notNeededInLambda } from './not-needed-in-lambda.ts';

const projectDirectory = join(import.meta.dirname, '..');
const bundlesDirectory = join(projectDirectory, 'bundles');

export interface BundleRequest {
  /** Each function's name, and the file below functions/ that exports its handler. */
  readonly entries: readonly { readonly name: string; readonly file: string }[];
  /** The checked settings: they become the module `#group` of every bundle. */
  readonly group: Group;
  /** Its feeds with their sources: they become the module `#feeds` of the bundle that reads files. */
  readonly feeds: readonly FileFeed[];
  readonly into: string;
}

/** Writes each function's bundle to a directory with its name. Building all at once reads shared modules only once. */
export async function bundleFunctions({ entries, group, feeds, into }: BundleRequest): Promise<void> {
  const { outputFiles } = await build({
    ...settings,
    entryPoints: entries.map(({ name, file }) => ({
      in: join(projectDirectory, 'functions', file),
      out: join(name, 'index'),
    })),
    plugins: [deployed('group', group), deployed('feeds', feeds), ...notNeededInLambda, loadedWhenNeeded],
  });
  for (const { path, contents } of outputFiles) {
    const file = join(into, relative(bundlesDirectory, path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
  await addLibraries(
    entries.map(({ name }) => join(into, name)),
    settings,
  );
}

/** Exported for tests that compare bundles. */
export const settings = {
  bundle: true,
  // Not written to; source map paths are relative to it, so it must not depend on the output directory.
  outdir: bundlesDirectory,
  outExtension: { '.js': '.mjs' },
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The default order prefers CommonJS, which fails at load time in an ES module.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  // Stack traces need only names and lines; embedding the sources would triple what a cold start loads.
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: projectDirectory,
  // Otherwise a linked node_modules would put the path of another directory into the source map.
  preserveSymlinks: true,
} as const satisfies BuildOptions;

/**
 * `#group` is the sample group when running from source, and the deployed group in a bundle; `#feeds` likewise. Both are
 * validated before bundling, so a function neither contains their schemas nor parses them at startup.
 */
function deployed(name: 'group' | 'feeds', value: unknown): Plugin {
  const namespace = `deployed-${name}`;
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^#${name}$`) }, () => ({ path: name, namespace }));
      onLoad({ filter: /.*/, namespace }, () => ({
        contents: `export const ${name} = ${JSON.stringify(value)};`,
      }));
    },
  };
}

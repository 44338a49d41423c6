/** Bundles the functions with esbuild, all at once: one directory each, the same bytes on every machine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const projectDirectory = join(import.meta.dirname, '..');
const bundlesDirectory = join(projectDirectory, 'bundles');

export interface BundleRequest {
  /** Each function's name, and the file below functions/ that exports its handler. */
  readonly entries: readonly { readonly name: string; readonly file: string }[];
  /** The group's file as it was read: it becomes the module `#group` of every bundle. */
  readonly group: unknown;
  readonly into: string;
}

/** Writes the bundle of each function to a directory of its name. One build, so that what they share is read once. */
export async function bundleFunctions({ entries, group, into }: BundleRequest): Promise<void> {
  const { outputFiles } = await build({
    ...settings,
    entryPoints: entries.map(({ name, file }) => ({
      in: join(projectDirectory, 'functions', file),
      out: join(name, 'index'),
    })),
    plugins: [groupModule(group)],
  });
  for (const { path, contents } of outputFiles) {
    const file = join(into, relative(bundlesDirectory, path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
}

const settings = {
  bundle: true,
  // Nothing is written here: a source map's paths are relative to it, so it must not move with the output.
  outdir: bundlesDirectory,
  outExtension: { '.js': '.mjs' },
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The default order finds packages' CommonJS first, which fails in an ES module as it loads.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  // The map is read for its names and lines; the source itself would triple what a cold start loads.
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: projectDirectory,
  // A linked node_modules would otherwise put the path of another directory into the source map.
  preserveSymlinks: true,
} as const satisfies BuildOptions;

/** `#group` is the sample group to whoever runs the sources, and the deployed group to whoever runs a bundle. */
function groupModule(group: unknown): Plugin {
  return {
    name: 'group',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#group$/ }, () => ({ path: 'group', namespace: 'dealer-group' }));
      onLoad({ filter: /^group$/, namespace: 'dealer-group' }, () => ({
        contents: JSON.stringify(group),
        loader: 'json',
      }));
    },
  };
}

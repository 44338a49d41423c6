/** Bundles the functions with esbuild, all at once: one directory each, the same bytes on every machine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const projectDirectory = join(import.meta.dirname, '..');

export interface BundleRequest {
  readonly names: readonly string[];
  /** The group's file as it was read: it becomes the module `#group` of every bundle. */
  readonly group: unknown;
  readonly into: string;
}

/** Writes the bundle of each function to a directory of its name. */
export async function bundleFunctions({ names, group, into }: BundleRequest): Promise<void> {
  await Promise.all(names.map((name) => bundle(name, group, join(into, name))));
}

async function bundle(name: string, group: unknown, into: string): Promise<void> {
  const { outputFiles } = await build({ ...settings, ...entry(name), plugins: [groupModule(group)] });
  await mkdir(into, { recursive: true });
  await Promise.all(outputFiles.map((file) => writeFile(join(into, basename(file.path)), file.contents)));
}

const settings = {
  bundle: true,
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

function entry(name: string) {
  return {
    entryPoints: [join(projectDirectory, 'functions', name, 'handler.ts')],
    // Nothing is written here: the source map's paths are relative to it, so it must not move with the output.
    outfile: join(projectDirectory, 'bundles', name, 'index.mjs'),
  };
}

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

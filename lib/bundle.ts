/** Bundles the functions with esbuild, all at once: one directory each, the same bytes on every machine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { Group } from '../functions/group/group.ts';

const projectDirectory = join(import.meta.dirname, '..');
const bundlesDirectory = join(projectDirectory, 'bundles');

export interface BundleRequest {
  /** Each function's name, and the file below functions/ that exports its handler. */
  readonly entries: readonly { readonly name: string; readonly file: string }[];
  /** The checked settings: they become the module `#group` of every bundle. */
  readonly group: Group;
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
    plugins: [groupModule(group), credentialsOfLambda],
  });
  for (const { path, contents } of outputFiles) {
    const file = join(into, relative(bundlesDirectory, path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
}

/** Also for what a bundle is compared with. */
export const settings = {
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

/**
 * `#group` is the sample group to whoever runs the sources, and the deployed group to whoever runs a bundle. It was checked
 * before: a function neither carries the schema of the file nor parses it as it starts.
 */
function groupModule(group: Group): Plugin {
  return {
    name: 'group',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#group$/ }, () => ({ path: 'group', namespace: 'dealer-group' }));
      onLoad({ filter: /^group$/, namespace: 'dealer-group' }, () => ({
        contents: `export const group = ${JSON.stringify(group)};`,
      }));
    },
  };
}

/**
 * Lambda puts a function's credentials into its environment. The rest of the SDK's chain (profiles, SSO, other roles, the
 * metadata of an instance) is a quarter of the three clients, and is never asked there.
 */
const credentialsOfLambda: Plugin = {
  name: 'credentials of Lambda',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: 'credentials',
      namespace: 'lambda',
    }));
    onLoad({ filter: /^credentials$/, namespace: 'lambda' }, () => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: projectDirectory,
    }));
  },
};

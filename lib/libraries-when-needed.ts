/**
 * Puts libraries that most invocations never need into files of their own next to a bundle, which are loaded on first
 * use. A calendar file, a contact card or a lead for a CRM is written only now and then, and otherwise every cold
 * start would parse the library.
 *
 * The source imports them like any other library. In a bundle, each of their exports is a stand-in that loads the
 * library when it is called, constructed or read. It loads synchronously, so the code that writes an email need not
 * know.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const libraries = ['ical-generator', 'vcard-creator', 'fast-xml-builder'] as const;

/** The path by which a bundle loads a library's file. */
const fileOf = (library: string): string => `./${library}.cjs`;

export const loadedWhenNeeded: Plugin = {
  name: 'libraries that are loaded when needed',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(?:${libraries.join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'when-needed',
    }));
    onLoad({ filter: /.*/, namespace: 'when-needed' }, async ({ path }) => ({
      contents: standIn(fileOf(path), Object.keys(await import(path))),
    }));
  },
};

const standIn = (file: string, names: readonly string[]): string => `
  import { createRequire } from 'node:module';
  const standInFor = (name) => {
    const real = () => createRequire(import.meta.url)('${file}')[name];
    return new Proxy(function () {}, {
      apply: (_target, self, given) => Reflect.apply(real(), self, given),
      construct: (_target, given) => Reflect.construct(real(), given),
      get: (_target, key) => Reflect.get(real(), key),
    });
  };
  ${names
    .map(
      (name) => `const of_${name} = /* @__PURE__ */ standInFor('${name}'); export { of_${name} as ${name} };`,
    )
    .join('\n')}
`;

/** Writes the libraries that a directory's bundle may load into that directory. */
export async function addLibraries(directories: readonly string[], settings: BuildOptions): Promise<void> {
  const { outputFiles } = await build({
    ...settings,
    write: false,
    entryPoints: libraries.map((library) => ({ in: library, out: library })),
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  for (const directory of directories) {
    const bundle = await readFile(join(directory, 'index.mjs'), 'utf8');
    const needed = libraries.filter((library) => bundle.includes(fileOf(library)));
    const files = outputFiles.filter(({ path }) =>
      needed.some((library) => basename(path).startsWith(`${library}.cjs`)),
    );
    for (const { path, contents } of files) await writeFile(join(directory, basename(path)), contents);
  }
}

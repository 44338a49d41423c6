/**
 * What is left out of bundles because no function ever runs it. Each part is an esbuild plugin;
 * docs/decisions/stack-lean-bundles.md lists what each saves. If a plugin changes a library's file and the file looks
 * different from what it expects, the build fails.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Loader, Plugin } from 'esbuild';

const projectDirectory = join(import.meta.dirname, '..');

/** Lambda passes credentials in the environment, so profiles, SSO, other roles and instance metadata are never used. */
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

/**
 * A client has its schemas in one file, and some use a constant as a key. esbuild cannot tell that evaluating such a
 * key has no side effects, so it keeps the schemas of all commands, used or not. With literal keys it drops the
 * unused ones.
 */
const schemasOfOtherCommands = rewriting({
  name: 'schemas of other commands',
  filter: /@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_\d+\.js$/,
  rewrite: (source) => {
    const constants = new Map(
      [...source.matchAll(/^const (\w+) = ("[^"\\\n]*");$/gm)].map(([, name, literal]) => [name, literal]),
    );
    return source.replaceAll(/\[(\w+)\]:/g, (key, name) => {
      const literal = constants.get(name);
      return literal === undefined ? key : `${literal}:`;
    });
  },
});

/** The SDK imports this for calls that stream events, such as S3 Select. */
const eventStreams: Plugin = {
  name: 'event streams',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'event-streams', namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error('${path} are not bundled: see lib/not-needed-in-lambda.ts');`,
    }));
  },
};

/** Only `npm run docs` writes JSON Schemas; no function does. */
const jsonSchemas = rewriting({
  name: 'JSON Schemas',
  filter: /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/,
  rewrite: (source) =>
    [...source.matchAll(/^export (?:const|function) (\w+)/gm)]
      .map(([, name]) => `export function ${name}() { throw new Error('JSON Schemas are not bundled'); }`)
      .join('\n'),
});

/** Only `npm run docs` reads the descriptions of fields, and each one makes another schema to build. */
const descriptions = rewriting({
  name: 'descriptions',
  filter: /\/functions\/.*\.ts$/,
  loader: 'ts',
  rewrite: (source) =>
    // Line breaks are kept, so that source maps point to the right lines.
    source.replaceAll(/\.describe\(\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),?\s*\)/g, (call) =>
      call.replaceAll(/[^\n]/g, ''),
    ),
});

interface Rewriting {
  readonly name: string;
  readonly filter: RegExp;
  readonly loader?: Loader;
  readonly rewrite: (source: string) => string;
}

function rewriting({ name, filter, loader = 'js', rewrite }: Rewriting): Plugin {
  return {
    name,
    setup({ onLoad }) {
      onLoad({ filter }, async ({ path }) => ({ contents: rewrite(await readFile(path, 'utf8')), loader }));
    },
  };
}

export const notNeededInLambda: readonly Plugin[] = [
  credentialsOfLambda,
  schemasOfOtherCommands,
  eventStreams,
  jsonSchemas,
  descriptions,
];

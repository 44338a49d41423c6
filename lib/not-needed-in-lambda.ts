/**
 * What is left out of bundles, because no function ever runs it. Each is a plugin of esbuild; docs/decisions/stack-lean-bundles.md
 * says what each saves. Whatever changes a file of a library fails the build when that file looks different.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Loader, Plugin } from 'esbuild';

const projectDirectory = join(import.meta.dirname, '..');

/** Lambda passes credentials in the environment: profiles, SSO, other roles and instance metadata are never asked. */
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
 * A client's schemas are in one file, and some have a constant as a key. esbuild cannot tell that evaluating such a key does
 * nothing, so it keeps the schema of every command, used or not. With the keys written out, it drops them.
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

/** The SDK imports this for calls that stream events, such as S3's Select. */
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

/** JSON Schemas are written by `npm run docs`, and by no function. */
const jsonSchemas = rewriting({
  name: 'JSON Schemas',
  filter: /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/,
  rewrite: (source) =>
    [...source.matchAll(/^export (?:const|function) (\w+)/gm)]
      .map(([, name]) => `export function ${name}() { throw new Error('JSON Schemas are not bundled'); }`)
      .join('\n'),
});

/** What `describe` says of a field is read by `npm run docs` alone, and each description is one more schema to build. */
const descriptions = rewriting({
  name: 'descriptions',
  filter: /\/functions\/.*\.ts$/,
  loader: 'ts',
  rewrite: (source) =>
    // Line breaks stay, so that source maps name the right lines.
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

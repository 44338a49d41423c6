import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

/** For each rule, imports that it must refuse: from a file, of a file or a package. */
const breaches: Readonly<Record<string, readonly (readonly [from: string, of: string])[]>> = {
  // By two breaches below, the other imports this one, too.
  'no-circle': [['functions/adapters/task-table.ts', 'functions/outbox/deliver.ts']],
  'contracts-import-zod': [
    ['functions/contracts/vehicle-sold.ts', 'functions/group/group.ts'],
    ['functions/contracts/vehicle-sold.ts', '@middy/core'],
  ],
  'deciding-rooms-are-pure': [
    ['functions/handoff/lifecycle.ts', 'node:fs'],
    ['functions/handoff/lifecycle.ts', 'functions/handoffs/kinds.ts'],
    ['functions/readiness/assess.ts', 'functions/mail/format.ts'],
    ['functions/group/group.ts', '@aws-sdk/client-dynamodb'],
    ['functions/people/staff.ts', 'lib/dealer-group-stack.ts'],
  ],
  'kinds-do-not-know-each-other': [
    ['functions/handoffs/introduction/decide.ts', 'functions/handoffs/first-service/decide.ts'],
  ],
  'only-the-registries-import-kinds': [
    ['functions/outbox/deliver.ts', 'functions/handoffs/introduction/task.ts'],
    ['functions/pages/task-page.ts', 'functions/handoffs/repair-options/words.ts'],
  ],
  'kinds-decide-without-mail': [
    ['functions/handoffs/introduction/kind.ts', 'functions/mail/format.ts'],
    ['functions/handoffs/introduction/recipients.ts', 'functions/mail/format.ts'],
  ],
  'words-know-no-adapter': [
    ['functions/mail/format.ts', 'functions/adapters/task-table.ts'],
    ['functions/pages/task-page.ts', '@aws-sdk/client-sesv2'],
  ],
  'the-outbox-knows-ports': [['functions/outbox/deliver.ts', 'functions/adapters/task-table.ts']],
  'adapters-implement-ports': [['functions/adapters/task-table.ts', 'functions/outbox/deliver.ts']],
  'only-adapters-import-an-sdk': [
    ['functions/lambdas/settle-email/settle-email.ts', '@aws-sdk/client-sesv2'],
    ['functions/lambdas/settle-email/settle-email.ts', '@aws-sdk/util-dynamodb'],
  ],
  'only-handlers-import-runtime': [
    ['functions/lambdas/settle-email/settle-email.ts', 'functions/runtime/services.ts'],
  ],
  'the-stack-knows-contracts-and-settings': [
    ['lib/dealer-group-stack.ts', 'functions/handoffs/introduction/handler.ts'],
  ],
  'the-emulator-knows-the-assembly': [
    ['local/emulator/start.ts', 'functions/lambdas.ts'],
    ['local/emulator/start.ts', 'local/desk.ts'],
  ],
  'commands-do-not-import-tests': [['bin/handoff.ts', 'test/support/world.ts']],
};

const report = z.object({
  summary: z.object({
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

let house: string;
let found: z.infer<typeof report>['summary'];

/** A house with nothing in it but the breaches. Each imports a type only: that ties two rooms together all the same. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'rooms-'));
  const imports = Map.groupBy(Object.values(breaches).flat(), ([from]) => from);
  for (const [, of] of Object.values(breaches).flat()) if (of.endsWith('.ts')) put(of, []);
  for (const [from, all] of imports) put(from, [...new Set(all.map(([, of]) => of))]);
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    copyFileSync(name, join(house, name));
  found = report.parse(JSON.parse(cruise())).summary;
});
afterAll(() => rmSync(house, { recursive: true }));

function put(file: string, imports: readonly string[]): void {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  const lines = imports.map(
    (of) => `import type { here } from '${of.endsWith('.ts') ? `./${relative(dirname(file), of)}` : of}';`,
  );
  writeFileSync(path, [...lines, 'export const here = true;', ''].join('\n'));
}

/** Ends with the number of breaches. */
function cruise(): string {
  const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const given = ['functions', 'lib', 'bin', 'local', 'test', '--output-type', 'json'];
  return execFileSync(process.execPath, [cruiser, ...given], { cwd: house, encoding: 'utf8' });
}

describe('a room of the house', () => {
  it('has for each rule an import that it refuses', () => {
    expect(Object.keys(breaches)).toEqual(found.ruleSetUsed.forbidden.map(({ name }) => name));
  });

  it.each(
    Object.entries(breaches).flatMap(([rule, all]) => all.map(([from, of]) => [rule, from, of] as const)),
  )('%s: %s may not import %s', (rule, from, of) => {
    const to = of.replace('node:', '');
    expect(found.violations.filter((one) => one.rule.name === rule)).toContainEqual(
      expect.objectContaining({ from, to: expect.stringContaining(to) }),
    );
  });
});

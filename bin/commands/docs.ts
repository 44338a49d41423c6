import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { documents } from '../docs/generated.ts';
import { newCommand } from '../lib/command-line.ts';
import { complain, say } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';
import { schemaFiles } from '../schemas/json-schemas.ts';

export const build = (): Command =>
  newCommand({
    name: 'docs',
    summary: 'Write the documentation and the JSON Schemas that follow from the code',
    examples: ['npm run docs', 'npm run docs -- --check'],
  })
    .option('--check', 'write nothing, and fail where a file is not what would be written')
    .action(({ check = false }: { readonly check?: boolean }) => {
      for (const [file, render] of Object.entries({ ...documents, ...schemaFiles })) {
        if (check) checkFile(file, render());
        else writeFile(file, render());
      }
    });

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  say(`wrote ${file}`);
}

function checkFile(file: string, text: string): void {
  if (readOr(file) === text) return;
  complain(`${file} is stale: run "npm run docs"`);
  process.exitCode = exitCodes.wrong;
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Writes the documentation that follows from the code.
 *
 *   npm run docs             writes docs/events.md, settings.md, tasks.md and alarms.md
 *   npm run docs -- --check  fails where they are not what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { orHelp } from './help.ts';
import { documents } from './render-docs.ts';

const help = `npm run docs             writes ${Object.keys(documents).join(', ')} from the code
npm run docs -- --check  fails where they are not what would be written`;

const { values } = orHelp(help, () => parseArgs({ options: { check: { type: 'boolean', default: false } } }));

for (const [file, render] of Object.entries(documents)) {
  if (!values.check) {
    writeFileSync(file, render());
    console.log(`wrote ${file}`);
  } else if (readOr(file) !== render()) {
    console.error(`${file} is stale: run "npm run docs"`);
    process.exitCode = 1;
  }
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

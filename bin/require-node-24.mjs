// Runs before anything else, on any version of Node: it says what to do instead of failing obscurely.
import { existsSync } from 'node:fs';

function stop(text) {
  console.error(text);
  process.exit(1);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  stop(
    `dealer-handoff runs on Node 24; this is Node ${process.versions.node}.\n` +
      'On Linux and Windows "npm ci" brings Node 24 along as an optional dependency: run "npm ci" without --omit=optional,\n' +
      'and start through npm ("npm start", "npm test"). On a Mac, install Node 24 yourself (for example: brew install node@24).',
  );
}
if (!existsSync(new URL('../node_modules/zod/', import.meta.url))) {
  stop('The packages are not installed yet: run "npm ci" first.');
}

/**
 * Shows what a deploy of a dealer group would change.
 *
 *   npm run diff -- --group groups/<name>.json [options of "cdk diff"]
 */
import { runCdk } from './cdk-command.ts';

try {
  process.exitCode = await runCdk('diff', process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

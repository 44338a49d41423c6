/**
 * Deploys a dealer group to the AWS account of the current credentials.
 *
 *   npm run deploy -- --group groups/<name>.json [options of "cdk deploy"]
 */
import { runCdk } from './cdk-command.ts';

try {
  process.exitCode = await runCdk('deploy', process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

import { execFile } from 'node:child_process';
import type { World } from './world.ts';

/** An operator's command on the table of the world, as a process of its own. */
export async function command(
  world: World,
  name: string,
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const { endpoint, tableName } = world.target();
  if (endpoint === undefined) throw new Error('A command needs a world on a DynamoDB server');
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return new Promise((resolve) => {
    const whole = ['bin/handoff.ts', name, ...args, '--table', tableName];
    execFile(process.execPath, whole, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

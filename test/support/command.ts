import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { SECRET } from './customer-key.ts';
import type { World } from './world.ts';

/** An operator's command on the table of the world and with its key, as a process of its own. */
export async function command(
  world: Pick<World, 'target'>,
  name: string,
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const { endpoint, tableName } = world.target();
  if (endpoint === undefined) throw new Error('A command needs a world on a DynamoDB server');
  const secrets = createSecretsManager();
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await listen(secrets),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const whole = ['bin/handoff.ts', name, ...args, '--table', tableName, '--customer-key', 'customer-key'];
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, whole, { env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
      });
    });
  } finally {
    secrets.close();
  }
}

/** Secrets Manager has nothing but the group's key. */
const createSecretsManager = (): Server =>
  createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: SECRET }));
  });

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

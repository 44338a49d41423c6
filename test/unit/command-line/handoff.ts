import { execFile } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as a person does, as a process of its own. The input is what a file or a pipe would say. */
export function handoff(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input?: string,
): Promise<Ended> {
  return new Promise((resolve) => {
    const whole = ['bin/handoff.ts', ...args];
    const { stdin } = execFile(
      process.execPath,
      whole,
      { env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
    if (input !== undefined) stdin?.end(input);
  });
}

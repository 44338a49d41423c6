/** Runs a script from another folder of this project as a separate process. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const projectDirectory = join(import.meta.dirname, '../..');

/** Returns its exit code. It uses the same terminal and ends before this process does. */
export function runScript(script: string, ...args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(projectDirectory, script), ...args], { stdio: 'inherit' });
  const terminate = () => child.kill('SIGTERM');
  // Ctrl-C reaches both processes; the script decides what to do.
  const wait = () => undefined;
  process.on('SIGTERM', terminate).on('SIGINT', wait);
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  }).finally(() => process.off('SIGTERM', terminate).off('SIGINT', wait));
}

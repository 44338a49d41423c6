/** Runs a script of another room of this project as a process of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const projectDirectory = join(import.meta.dirname, '../..');

/** Its exit code. It reads and writes the same terminal, and ends before this process does. */
export function runScript(script: string, ...args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(projectDirectory, script), ...args], { stdio: 'inherit' });
  const terminate = () => child.kill('SIGTERM');
  // Ctrl-C reaches both processes: the script decides what it means.
  const wait = () => undefined;
  process.on('SIGTERM', terminate).on('SIGINT', wait);
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  }).finally(() => process.off('SIGTERM', terminate).off('SIGINT', wait));
}

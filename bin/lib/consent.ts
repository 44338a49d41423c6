/** Asks the person at the terminal before something is changed. */
import { createInterface } from 'node:readline/promises';

type Consent = 'yes' | 'no' | 'nobody to ask';

export async function askConsent(question: string): Promise<Consent> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 'nobody to ask';
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no';
  } finally {
    terminal.close();
  }
}

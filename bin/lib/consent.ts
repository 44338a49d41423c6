/** Asks the person at the terminal before a change. */
import { createInterface } from 'node:readline/promises';
import { complain, say } from './output.ts';

type Consent = 'yes' | 'no' | 'nobody to ask';

async function askConsent(question: string): Promise<Consent> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 'nobody to ask';
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no';
  } finally {
    terminal.close();
  }
}

/** Asks unless `--yes` was given. With --json it does not ask, and does not agree, because the caller is a program. */
export async function isAgreed(
  question: string,
  { yes, json }: { readonly yes: boolean; readonly json: boolean },
): Promise<boolean> {
  if (yes) return true;
  const consent = json ? 'nobody to ask' : await askConsent(question);
  if (consent === 'nobody to ask') {
    const note = 'Nothing was changed: add --yes to change it without being asked.';
    if (json) complain(note);
    else say(note);
  }
  if (consent === 'no') say('Nothing was changed.');
  return consent === 'yes';
}

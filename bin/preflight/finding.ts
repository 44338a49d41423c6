/** One line of a preflight: what was looked at, what was found, why it matters, and how to fix it. */
import type { Answer } from './answers.ts';

/** A warning is what could not be checked, or could be better. Only what is wrong fails the preflight. */
export type State = 'fine' | 'warning' | 'wrong';

export interface Finding {
  readonly what: string;
  readonly state: State;
  readonly found: string;
  readonly why: string;
  readonly fix: string;
}

/** What is looked at, before anything is known about it. */
export type Subject = Pick<Finding, 'what' | 'why' | 'fix'>;

export const fine = (subject: Subject, found: string): Finding => ({ ...subject, state: 'fine', found });
export const wrong = (subject: Subject, found: string): Finding => ({ ...subject, state: 'wrong', found });
export const warning = (subject: Subject, found: string): Finding => ({
  ...subject,
  state: 'warning',
  found,
});

/** Judges an answer; where there is none, the reason is the finding. */
export function judged<Value>(
  subject: Subject,
  answer: Answer<Value>,
  judge: (value: Value) => Finding,
): Finding {
  if ('unanswered' in answer) return warning(subject, `could not be checked here: ${answer.unanswered}`);
  return judge(answer.value);
}

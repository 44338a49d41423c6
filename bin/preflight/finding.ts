/** One line of a preflight: what was checked, the result, why it matters, and how to fix it. */
import type { Answer } from './answers.ts';

/** A warning means that something could not be checked or could be better. Only errors fail the preflight. */
export type State = 'fine' | 'warning' | 'wrong';

export interface Finding {
  readonly what: string;
  readonly state: State;
  readonly found: string;
  readonly why: string;
  readonly fix: string;
}

/** A check before it has a result. */
export type Subject = Pick<Finding, 'what' | 'why' | 'fix'>;

export const fine = (subject: Subject, found: string): Finding => ({ ...subject, state: 'fine', found });
export const wrong = (subject: Subject, found: string): Finding => ({ ...subject, state: 'wrong', found });
export const warning = (subject: Subject, found: string): Finding => ({
  ...subject,
  state: 'warning',
  found,
});

/** Evaluates an answer; if there is none, the reason becomes the finding. */
export function judged<Value>(
  subject: Subject,
  answer: Answer<Value>,
  judge: (value: Value) => Finding,
): Finding {
  if ('unanswered' in answer) return warning(subject, `could not be checked here: ${answer.unanswered}`);
  return judge(answer.value);
}

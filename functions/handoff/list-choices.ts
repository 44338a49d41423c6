import { type Choice, choicesFor, type Reader } from './choices.ts';
import type { Kind } from './kind.ts';
import type { Task } from './task.ts';

/** The choices that a list offers beside each handoff that is worked by phone: several can be made before they are saved. */
export const listChoices = (task: Task, kind: Kind, reader: Reader): Choice[] =>
  choicesFor(task, kind, reader).filter(({ does, asks }) =>
    does === 'book' || does === 'snooze' ? asks !== undefined : does === 'complete' && asks === undefined,
  );

/** The name of a field of a list: the choice, and the handoff that it is made about. */
export const listField = ({ name }: Pick<Choice, 'name'>, { taskId }: Pick<Task, 'taskId'>): string =>
  `${name}:${taskId}`;

export interface ListedChoice {
  readonly choice: string;
  readonly taskId: string;
  /** What was typed; of a choice that asks for nothing, that it was made. */
  readonly typed: string;
}

/** What was chosen in a list: fields that were left empty are no choice. */
export function readListed(form: ReadonlyMap<string, string>): ListedChoice[] {
  return [...form].flatMap(([name, typed]) => {
    const [choice = '', taskId = ''] = name.split(':');
    return /^[0-9a-f]{32}$/.test(taskId) && typed.trim() !== '' ? [{ choice, taskId, typed }] : [];
  });
}

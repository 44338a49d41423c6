import { type Choice, choicesFor, type Reader } from './choices.ts';
import type { Kind } from './kind.ts';
import type { Task } from './task.ts';

/** The choices that a list offers for each handoff that is worked by phone. Several can be made before the list is saved. */
export const listChoices = (task: Task, kind: Kind, reader: Reader): Choice[] =>
  choicesFor(task, kind, reader).filter(({ does, asks }) =>
    does === 'book' || does === 'snooze' ? asks !== undefined : does === 'complete' && asks === undefined,
  );

/** The name of a field in a list: the choice and the handoff that it belongs to. */
export const listField = ({ name }: Pick<Choice, 'name'>, { taskId }: Pick<Task, 'taskId'>): string =>
  `${name}:${taskId}`;

export interface ListedChoice {
  readonly choice: string;
  readonly taskId: string;
  /** The input, or a mark that the choice was made if it asks for nothing. */
  readonly typed: string;
}

/** The choices made in a list. A field left empty is not a choice. */
export function readListed(form: ReadonlyMap<string, string>): ListedChoice[] {
  return [...form].flatMap(([name, typed]) => {
    const [choice = '', taskId = ''] = name.split(':');
    return /^[0-9a-f]{32}$/.test(taskId) && typed.trim() !== '' ? [{ choice, taskId, typed }] : [];
  });
}

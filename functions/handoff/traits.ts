import type { EmailKind } from '../customers/opt-outs.ts';
import type { Department } from '../group/group.ts';
import { hash } from '../group/hash.ts';
import type { MessageOf, OutcomeOf, Task } from './task.ts';

/** What is the same for every handoff of a kind, for its own decisions and for everybody else's. */
export interface KindTraits<T extends Task = Task> {
  readonly kind: T['kind'];
  /** Whose people take it, and whose opening hours count. */
  readonly department: Department;
  /** The email that gives the handoff to its person. */
  readonly assignmentMessage: MessageOf<T>;
  /** How it ends when nobody finishes it. */
  readonly unfinished: OutcomeOf<T>;
  /** What a customer opts out of to get no email of this kind. */
  readonly emailKind: EmailKind;
  /** Dates from which the days until it is closed unfinished count, beside the day it was given. */
  readonly unfinishedFrom?: (task: T, timeZone: string) => readonly string[];
}

/** With the fields of its subject that name it in the trade: numbers that are unique per store only. */
export interface NamedTraits<T extends Task> extends KindTraits<T> {
  readonly numbers: readonly (keyof T['subject'] & string)[];
}

/**
 * Opaque and ASCII, for links and SES tags: the same business fact always gives the same id. `numbers` name the handoff
 * in the trade; they are unique per store only.
 */
export const taskIdOf = (kind: string, storeId: string, numbers: readonly string[]): string =>
  hash([kind, storeId, ...numbers]).slice(0, 32);

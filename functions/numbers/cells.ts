import type { Cell } from './definition.ts';
import { definitionNamed } from './definitions.ts';
import { type Grouping, type Section, type Selection, sectionOf } from './report.ts';

/** All that was counted, by the name of its definition; a report asks it in different ways. */
export interface Counted {
  /** The day up to which was counted, `YYYY-MM-DD`. */
  readonly today: string;
  /** The month of the oldest fact, `YYYY-MM`: of what happened before, nothing is known. Undefined without any fact. */
  readonly since: string | undefined;
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
}

export const cellsOf = ({ cells }: Counted, name: string): readonly Cell[] => cells.get(name) ?? [];

export const askFor = (counted: Counted, name: string, by: Grouping, selection: Selection = {}): Section =>
  sectionOf(definitionNamed(name), cellsOf(counted, name), by, selection);

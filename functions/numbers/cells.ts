import type { Cell } from './definition.ts';
import { definitionNamed } from './definitions.ts';
import { type Grouping, type Section, type Selection, sectionOf } from './report.ts';

/** Everything that was counted, by definition name. Reports select from it in different ways. */
export interface Counted {
  /** The day up to which facts were counted, `YYYY-MM-DD`. */
  readonly today: string;
  /** The month of the oldest fact, `YYYY-MM`; nothing is known about earlier times. Undefined if there are no facts. */
  readonly since: string | undefined;
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
}

export const cellsOf = ({ cells }: Counted, name: string): readonly Cell[] => cells.get(name) ?? [];

export const askFor = (counted: Counted, name: string, by: Grouping, selection: Selection = {}): Section =>
  sectionOf(definitionNamed(name), cellsOf(counted, name), by, selection);

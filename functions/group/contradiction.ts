/** Two settings of a group's file that cannot both be meant. */
export interface Contradiction {
  readonly path: (string | number)[];
  readonly message: string;
}

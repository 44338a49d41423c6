/** The person to whom a letter introduced the customer, and whether the customer says that they met. */
export interface Meeting {
  /** Employee number. */
  readonly with: string | undefined;
  readonly said: MetAnswer | undefined;
}

export type MetAnswer = 'yes' | 'no';

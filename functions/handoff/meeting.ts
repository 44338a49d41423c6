/** Whom a letter introduced its customer to, and what the customer says about having met them. */
export interface Meeting {
  /** Employee number. */
  readonly with: string | undefined;
  readonly said: MetAnswer | undefined;
}

export type MetAnswer = 'yes' | 'no';

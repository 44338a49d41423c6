export const partsOfDay = ['any', 'morning', 'afternoon'] as const;

/** When a customer would prefer to come. */
export interface TimeWanted {
  readonly day?: string | undefined;
  readonly part: (typeof partsOfDay)[number];
}

/** A visit as its customer sees it. */
export interface CustomerVisit {
  readonly startsAt: string;
  /** The days that the customer may ask for. */
  readonly days: { readonly first: string; readonly last: string };
  /** The time that the customer has asked for. */
  readonly wanted: TimeWanted | undefined;
}

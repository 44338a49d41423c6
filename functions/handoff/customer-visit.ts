export const partsOfDay = ['any', 'morning', 'afternoon'] as const;

/** When a customer would rather come. */
export interface TimeWanted {
  readonly day?: string | undefined;
  readonly part: (typeof partsOfDay)[number];
}

/** A visit as its customer sees it. */
export interface CustomerVisit {
  readonly startsAt: string;
  /** What the customer may ask for. */
  readonly days: { readonly first: string; readonly last: string };
  /** What they have asked for. */
  readonly wanted: TimeWanted | undefined;
}

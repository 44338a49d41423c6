/** A line of the list of cars that a store's used-car desk is looking for. A field that is left out may have any value. */
export interface WantedCar {
  readonly make: string;
  /** Empty: every model of the make. */
  readonly models: readonly string[];
  readonly years?: { readonly from: number; readonly to: number };
  readonly mostMiles?: number;
  /** The last day on which such a car is wanted. */
  readonly until: string;
}

interface Car {
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly year?: number | undefined;
  readonly odometerMiles?: number | undefined;
}

/** Until when the store wants a car like this one; undefined if it does not, or if too little is known about the car. */
export const wantedUntil = (list: readonly WantedCar[], car: Car, today: string): string | undefined =>
  list
    .filter((wanted) => wanted.until >= today && isLike(wanted, car))
    .map(({ until }) => until)
    .toSorted()
    .at(-1);

function isLike({ make, models, years, mostMiles }: WantedCar, car: Car): boolean {
  const isOfModel = models.length === 0 || models.some((model) => isModel(model, car.model));
  const isOfYears =
    years === undefined || (car.year !== undefined && years.from <= car.year && car.year <= years.to);
  const hasFewMiles = mostMiles === undefined || isDrivenLess(car.odometerMiles, mostMiles);
  return plain(make) === plain(car.make ?? '') && isOfModel && isOfYears && hasFewMiles;
}

/** An odometer of 0 from the service lane means that nobody read it. */
const isDrivenLess = (miles: number | undefined, most: number): boolean =>
  miles !== undefined && miles > 0 && miles <= most;

/** `CR-V` is the model of a `CRV EX-L`, but not of a `CR-Z`. */
const isModel = (wanted: string, model: string | undefined): boolean =>
  `${plain(model ?? '')} `.startsWith(`${plain(wanted)} `);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A line of what a store's used-car desk is looking for. What is left out does not matter to it. */
export interface WantedCar {
  readonly make: string;
  /** None: every model of the make. */
  readonly models: readonly string[];
  readonly years?: { readonly from: number; readonly to: number };
  readonly mostMiles?: number;
  /** The last day on which it is looked for. */
  readonly until: string;
}

interface Car {
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly year?: number | undefined;
  readonly odometerMiles?: number | undefined;
}

/** Until when the store looks for cars like this one; undefined if it does not, or too little of the car is known to say. */
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

/** An odometer of 0 in the service lane was not read. */
const isDrivenLess = (miles: number | undefined, most: number): boolean =>
  miles !== undefined && miles > 0 && miles <= most;

/** `CR-V` is the model of a `CRV EX-L`, and not of a `CR-Z`. */
const isModel = (wanted: string, model: string | undefined): boolean =>
  `${plain(model ?? '')} `.startsWith(`${plain(wanted)} `);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

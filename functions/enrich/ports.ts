import type { CarValue } from './car-value.ts';

/** What guides said of cars. The reader of a car's owners reads it along: `Cars.read`. */
export interface CarValues {
  /** False if something later is known. */
  keep(vin: string, value: CarValue, saidAt: string): Promise<boolean>;
}

import type { Answer } from './answer.ts';
import type { CarValue, ValuedCar } from './car-value.ts';
import type { CarModel, ModelRecalls } from './model-recalls.ts';

/** What guides said of cars. The reader of a car's owners reads it along: `Cars.read`. */
export interface CarValues {
  /** False if something later is known. */
  keep(vin: string, value: CarValue, saidAt: string): Promise<boolean>;
}

/** Whose quote it is asked for, for the log. */
export interface Order {
  readonly storeId: string;
  readonly roNumber: string;
}

/** A vendor's service. It never throws, and never takes longer than its limit. */
export interface ValueService {
  ask(car: ValuedCar, order: Order): Promise<Answer<CarValue>>;
}

/** The recalls of a model, asked once in a while: likewise. */
export interface RecallService {
  ask(model: CarModel, order: Order): Promise<Answer<ModelRecalls>>;
}

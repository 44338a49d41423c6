import type { Answer } from './answer.ts';
import type { CarValue, ValuedCar } from './car-value.ts';
import type { CarModel, ModelRecalls } from './model-recalls.ts';

/** Guides' values of cars. They are read together with a car's owners, by `Cars.read`. */
export interface CarValues {
  /** False if a later value is known. */
  keep(vin: string, value: CarValue, saidAt: string): Promise<boolean>;
}

/** The repair order whose quote it is asked for; logged. */
export interface Order {
  readonly storeId: string;
  readonly roNumber: string;
}

/** A vendor's valuation service. It never throws and never exceeds its time limit. */
export interface ValueService {
  ask(car: ValuedCar, order: Order): Promise<Answer<CarValue>>;
}

/** The recalls of a model; answers are cached. Like the above, it never throws and never exceeds its time limit. */
export interface RecallService {
  ask(model: CarModel, order: Order): Promise<Answer<ModelRecalls>>;
}

import type { DealUnwound } from '../contracts/deal-unwound.ts';
import type { Received } from '../contracts/fact-version.ts';
import type { RepairOrderNoLongerOpen } from '../contracts/repair-order-no-longer-open.ts';
import type { RepairOrderVoided } from '../contracts/repair-order-voided.ts';
import type { ServiceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';
import type { ServiceVisitCompleted } from '../contracts/service-visit-completed.ts';
import type { Context } from './context.ts';
import type { Decision } from './draft.ts';
import type { UsedBy } from './number-reuse.ts';
import type { Task } from './task.ts';

/** Facts from the DMS that may concern several kinds of handoff. */
interface SharedFacts {
  readonly 'service-visit-completed': ServiceVisitCompleted;
  /** The same visit, for a handoff about the same car at another store of the group, or of another customer. */
  readonly 'service-visit-elsewhere': ServiceVisitCompleted;
  readonly 'service-appointment-booked': ServiceAppointmentBooked;
  readonly 'service-appointment-cancelled': ServiceAppointmentCancelled;
  /** A later word on an appointment that was told of before: moved, or called off. */
  readonly 'service-appointment-changed': AppointmentChange;
  /** The same visit, for a handoff that waits for the car. */
  readonly 'service-visit-awaited': ServiceVisitCompleted;
  readonly 'repair-order-voided': RepairOrderVoided;
  /** The same, for a first service of the order's car at another store of the group, or of another customer. */
  readonly 'repair-order-voided-elsewhere': RepairOrderVoided;
  /** The same, for a handoff that waits for the car. */
  readonly 'repair-order-voided-awaited': RepairOrderVoided;
  readonly 'repair-order-no-longer-open': RepairOrderNoLongerOpen;
  readonly 'deal-unwound': DealUnwound;
}

/** When the customer is expected now; undefined where they are not. */
export type AppointmentChange = Pick<
  ServiceAppointmentBooked,
  'appointmentNumber' | 'occurredAt' | 'revision'
> & { readonly startsAt: string | undefined };

interface SaleOfCar extends Required<UsedBy> {
  readonly dealNumber: string;
}

export type DmsFact = {
  [DetailType in keyof SharedFacts]: {
    readonly detailType: DetailType;
    readonly storeId: string;
    readonly detail: Received<SharedFacts[DetailType]>;
    /** The car and the customer: from the fact, or from a task that the same fact has already changed. */
    readonly vin: string | undefined;
    readonly customerNumber: string | undefined;
    /** The use of a number that comes back, from a task that the same fact has already found. */
    readonly use?: number | undefined;
    /** The sale by which the customer has the car, where the fact is told to its introduction. */
    readonly sale?: SaleOfCar | undefined;
  };
}[keyof SharedFacts];

/** The task that a fact concerns, and the decision about it. */
export interface Follow<T extends Task = Task> {
  readonly blank: (now: string, use: number) => T;
  /** Finds the use of a number that comes back. */
  readonly concerns?: UsedBy & { readonly occurredAt: string };
  readonly decide: (task: T, context: Context) => Decision<T>;
}

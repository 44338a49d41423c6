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
  /** The same visit, for a handoff about this car at another store of the group, or with another customer. */
  readonly 'service-visit-elsewhere': ServiceVisitCompleted;
  readonly 'service-appointment-booked': ServiceAppointmentBooked;
  readonly 'service-appointment-cancelled': ServiceAppointmentCancelled;
  /** A known appointment was moved or cancelled. */
  readonly 'service-appointment-changed': AppointmentChange;
  /** The same visit, for a handoff that waits for the car. */
  readonly 'service-visit-awaited': ServiceVisitCompleted;
  readonly 'repair-order-voided': RepairOrderVoided;
  /** The same void, for a first service of this car at another store of the group, or with another customer. */
  readonly 'repair-order-voided-elsewhere': RepairOrderVoided;
  /** The same void, for a handoff that waits for the car. */
  readonly 'repair-order-voided-awaited': RepairOrderVoided;
  readonly 'repair-order-no-longer-open': RepairOrderNoLongerOpen;
  readonly 'deal-unwound': DealUnwound;
}

/** When the customer is now expected; `startsAt` is undefined if they no longer are. */
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
    /** Which use of a reused number this is, from a task that the same fact has already found. */
    readonly use?: number | undefined;
    /** The sale in which the customer got the car, when the fact goes to the introduction of that sale. */
    readonly sale?: SaleOfCar | undefined;
  };
}[keyof SharedFacts];

/** The task that a fact concerns, and the decision about it. */
export interface Follow<T extends Task = Task> {
  readonly blank: (now: string, use: number) => T;
  /** Finds which use of a reused number the fact concerns. */
  readonly concerns?: UsedBy & { readonly occurredAt: string };
  readonly decide: (task: T, context: Context) => Decision<T>;
}

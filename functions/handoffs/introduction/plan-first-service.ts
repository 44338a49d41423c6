import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { deliveryDate } from '../../customers/deal.ts';
import { addDays, addMonths, openingOn, startOfDay } from '../../group/business-time.ts';
import { firstServiceIntervalOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import type { Draft } from '../../handoff/draft.ts';
import type { ServiceIntroduction } from './task.ts';

/** Below this mileage a car of unknown condition counts as new: the first-service interval starts at zero miles. */
const NEW_CAR_MILES = 1_000;
/** An odometer above this is a typing error, or the 999,999 of one that was not read. */
const READ_MILES = 500_000;

/** When the first service is due: the DMS's date if there is one, else the brand's interval after the delivery. */
export function firstServiceOf(sold: VehicleSold, { group, store, soldAt }: Context) {
  const interval = firstServiceIntervalOf(group, store);
  const dueMiles = sold.firstService?.dueMiles ?? dueMilesFrom(sold, interval.miles);
  return {
    dueOn: sold.firstService?.dueOn ?? addMonths(deliveryDate(sold, soldAt.timeZone), interval.months),
    ...(dueMiles === undefined ? {} : { dueMiles }),
  };
}

/** Undefined if the odometer was not read: miles computed from it would be wrong. */
function dueMilesFrom({ vehicle, condition }: VehicleSold, interval: number): number | undefined {
  const { odometerMiles = 0 } = vehicle;
  const isNew = condition === undefined ? odometerMiles < NEW_CAR_MILES : condition === 'new';
  if (isNew) return interval;
  return odometerMiles > READ_MILES ? undefined : interval + odometerMiles;
}

/**
 * Schedules the first service from the sale, in case the DMS does not raise it. Nothing is scheduled for a date in the past.
 */
export function planFirstService(draft: Draft<ServiceIntroduction>): Draft<ServiceIntroduction> {
  const { group, store, today, calendar } = draft.context;
  if (!draft.task.firstService) return draft;
  const { dueOn } = draft.task.firstService;
  if (dueOn < today) return draft.deadline('raise-first-service', undefined);
  const invite = addDays(dueOn, -group.firstService.inviteDaysBefore);
  const at = openingOn(calendar('service'), invite) ?? startOfDay(store.timeZone, invite);
  return draft.deadline('raise-first-service', at);
}

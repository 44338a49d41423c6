import { isForGood, type Remark, type Said, standing } from '../customers/statements.ts';
import { type Instant, localDate } from '../group/business-time.ts';
import type { Circumstances } from './assessment.ts';

/** Remembered reasons against a nudge. Remarks about this order are handled by its own task, except "never". */
export function recall(
  all: readonly Remark[],
  order: { readonly storeId: string; readonly roNumber?: string | undefined },
  timeZone: string,
): Circumstances {
  const stand = standing(all);
  const others = stand.filter(
    (one) => one.storeId !== order.storeId || !('roNumber' in one) || one.roNumber !== order.roNumber,
  );
  const lastOf = (...said: readonly Said[]) => {
    const last = latest(others.filter((one) => said.includes(one.said)).map(({ at }) => at));
    return last === undefined ? undefined : localDate(timeZone, last);
  };
  const [saidNoOn, boughtOn] = [lastOf('customer said no'), lastOf('bought')];
  const lastContactedOn = lastOf(
    'contacted',
    'contacted elsewhere',
    'asked about a car',
    'customer said no',
    'bought',
  );
  return {
    ...(stand.some(isForGood) && { advisorSaidNo: true }),
    ...(stand.some(({ said }) => said === 'complaint open') && { openComplaint: true }),
    ...(saidNoOn !== undefined && { saidNoOn }),
    ...(boughtOn !== undefined && { boughtOn }),
    ...(lastContactedOn !== undefined && { lastContactedOn }),
  };
}

const latest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted().at(-1);

import {
  type AnyTask,
  customerOf,
  type TaskKind,
  type TaskOf,
  vehicleOf,
} from '../../functions/handoffs/kinds.ts';
import type { Told } from './stories.ts';

/** Numbers of a DMS come back for other customers with other cars. Each use has a handoff of its own. */

/** Nobody is shown the handoff of somebody else. */
export function brokenUse(was: AnyTask | undefined, task: AnyTask): string[] {
  const [before, after] = [was && holderOf(was), holderOf(task)];
  return before && areOthers(before, after)
    ? [`${task.kind} ${task.taskId} of ${before.customerNumber} shows another customer, with another car`]
    : [];
}

/** All handoffs about one number, or about one car and its owner. */
export const usesOf = <Kind extends TaskKind>(
  tasks: Iterable<AnyTask>,
  { kind, storeId, ...subject }: { readonly kind: Kind; readonly storeId: string } & TaskOf<Kind>['subject'],
): TaskOf<Kind>[] => {
  const isKind = (task: AnyTask): task is TaskOf<Kind> => task.kind === kind;
  const numbers = new Map(Object.entries(subject));
  return [...tasks]
    .filter(isKind)
    .filter((task) => [task.storeId, task.soldAt].includes(storeId))
    .filter((task) => Object.entries(task.subject).every(([name, number]) => numbers.get(name) === number));
};

/** Whether a fact may be about this use of its number: one that names nobody may be about any. */
export const mayConcern = (detail: Told['detail'], task: AnyTask): boolean =>
  !areOthers(namedIn(detail), holderOf(task));

export interface Holder {
  readonly customerNumber?: string | undefined;
  readonly vin?: string | undefined;
}

export const holderOf = (task: AnyTask): Holder => ({
  customerNumber: customerOf(task)?.customerNumber,
  vin: vehicleOf(task)?.vin,
});

const namedIn = (detail: Told['detail']): Holder => ({
  customerNumber: textIn(detail, 'customerNumber') ?? textIn(detail['customer'], 'customerNumber'),
  vin: textIn(detail, 'vin') ?? textIn(detail['vehicle'], 'vin'),
});

function textIn(from: unknown, name: string): string | undefined {
  const found =
    typeof from === 'object' && from !== null ? new Map(Object.entries(from)).get(name) : undefined;
  return typeof found === 'string' ? found : undefined;
}

export const areOthers = (one: Holder, other: Holder): boolean =>
  differ(one.customerNumber, other.customerNumber) && differ(one.vin, other.vin);

const differ = (one: string | undefined, other: string | undefined) =>
  one !== undefined && other !== undefined && one !== other;

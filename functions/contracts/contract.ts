import * as z from 'zod';
import { type DateBounds, misdated } from './dates.ts';
import { findUnreadable, type Problem } from './limits.ts';
import { type DetailRead, type Finding, type Reading, readDetail } from './read-detail.ts';
import { isCar, vinOdd } from './vin.ts';

/** The source of the events that this software puts on the bus itself. All other sources are a DMS or its adapter. */
export const OWN_SOURCE = 'handoff';

/** A contract: what one detail type on the bus means, and the schema that its detail meets. */
export interface Contract<Schema extends z.ZodType = z.ZodType> {
  readonly detailType: string;
  readonly title: string;
  /** Who puts it on the bus. */
  readonly sentBy: 'the DMS' | 'this software' | 'the DMS or this software';
  /** What makes two events the same fact, in words for the docs. */
  readonly key: string;
  /** The detail type of the same fact under its other name. */
  readonly sameFactAs?: string;
  /** How later facts find what this one began. */
  readonly foundBy: string;
  /** Only hashes of it are stored, so it is accepted from an erased customer, too: an opt-out outlives the erasure. */
  readonly leavesOnlyHashes?: boolean;
  readonly schema: Schema;
  /** Finds what is odd or wrong beyond the fields' types. Run on events only, never on stored facts. */
  examine?(fact: z.infer<Schema>, reading?: Partial<Reading>): readonly Finding[];
  /** How far its dates may lie from the time of the fact. `occurredAt` is bounded in every contract. */
  readonly dates?: DateBounds;
}

export type Fact<C extends Contract> = z.infer<C['schema']>;

export type Parsed<T> = DetailRead<T>;

/**
 * Reads a detail by its contract. Unknown extra fields are kept. A wrong value is reported as a problem if the field
 * is needed; otherwise it is left out with a warning.
 */
export function parseDetail<Schema extends z.ZodType>(
  contract: Contract<Schema>,
  detail: unknown,
  reading?: Partial<Reading>,
): Parsed<z.infer<Schema>> {
  const unreadable = findUnreadable(detail);
  if (unreadable) return { ok: false, problems: [unreadable], warnings: [] };
  const examine = (fact: z.infer<Schema>) => [
    ...misdated(contract.dates ?? {}, fact, reading?.now),
    // Our own events repeat what was examined when it first arrived, and its sender was warned then.
    ...(contract.sentBy === 'this software' ? [] : examineCar(fact)),
    ...(contract.examine?.(fact, reading) ?? []),
  ];
  return readDetail({ schema: contract.schema, examine, identify: reading?.identify }, detail);
}

export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
}

const withCar = z.object({
  vin: z.string().optional(),
  vehicle: z.object({ vin: z.string().optional(), year: z.number().optional() }).optional(),
});

/** With `UNKNOWN`, `00000` or the last eight characters of a VIN, many customers would share one car. */
function examineCar(fact: unknown): Finding[] {
  const { vin, vehicle } = withCar.safeParse(fact).data ?? {};
  return [
    ...(vehicle?.vin === undefined ? [] : doubts(['vehicle', 'vin'], vehicle.vin, vehicle.year)),
    ...(vin === undefined ? [] : doubts(['vin'], vin)),
  ];
}

function doubts(path: Finding['path'], vin: string, year?: number): Finding[] {
  const code = vinOdd(vin);
  return code === undefined ? [] : [{ path, code, is: isCar({ vin, year }) ? 'odd' : 'wrong' }];
}

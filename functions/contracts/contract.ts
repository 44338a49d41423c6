import * as z from 'zod';
import { type DateBounds, misdated } from './dates.ts';
import { findUnreadable, type Problem } from './limits.ts';
import { type DetailRead, type Finding, type Reading, readDetail } from './read-detail.ts';
import { isCar, vinOdd } from './vin.ts';

/** The source of the events that this software puts on the bus itself. Everybody else's is a DMS or its adapter. */
export const OWN_SOURCE = 'handoff';

/** A contract: what one detail type on the bus means, and the schema that its detail meets. */
export interface Contract<Schema extends z.ZodType = z.ZodType> {
  readonly detailType: string;
  readonly title: string;
  /** Who puts it on the bus. */
  readonly sentBy: 'the DMS' | 'this software' | 'the DMS or this software';
  /** What makes two events the same fact, in words; the code that makes the key is in domain/keys.ts. */
  readonly key: string;
  /** The detail type that is another name for the same fact. */
  readonly sameFactAs?: string;
  /** How later facts find what this one began. */
  readonly foundBy: string;
  /** Nothing of it is stored but hashes, so it is taken of an erased customer, too: a no has to outlive them. */
  readonly leavesOnlyHashes?: boolean;
  readonly schema: Schema;
  /** What is odd or wrong beyond the shape; asked of an event only, never of a stored fact. */
  examine?(fact: z.infer<Schema>, reading?: Partial<Reading>): readonly Finding[];
  /** How far its dates may lie from the moment of the fact; `occurredAt` is bounded in every contract. */
  readonly dates?: DateBounds;
}

export type Fact<C extends Contract> = z.infer<C['schema']>;

export type Parsed<T> = DetailRead<T>;

/**
 * Reads a detail by its contract. Unknown extra fields are kept; what is needed and wrong is named, and what the event can
 * do without is left out with a warning.
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
    // What this software says itself was looked at when it came, and its sender was told.
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

/** `UNKNOWN`, `00000` and the last eight of a VIN would be one car of many customers. */
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

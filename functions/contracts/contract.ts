import * as z from 'zod';
import { emailAddress } from './fields.ts';
import { findUnreadable, type Problem } from './limits.ts';
import { readBy } from './problems.ts';
import { vinWarning } from './vin.ts';

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
  /** How later facts find what this one began. */
  readonly foundBy: string;
  readonly schema: Schema;
}

export type Fact<C extends Contract> = z.infer<C['schema']>;

export type Parsed<T> =
  | { readonly ok: true; readonly fact: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a detail by its contract. Unknown extra fields are kept; what is required and wrong is named. */
export function parseDetail<Schema extends z.ZodType>(
  contract: Contract<Schema>,
  detail: unknown,
): Parsed<z.infer<Schema>> {
  const unreadable = findUnreadable(detail);
  if (unreadable) return { ok: false, problems: [unreadable] };
  const read = readBy(contract.schema, detail);
  return read.ok ? { ok: true, fact: read.value, warnings: warningsOf(detail) } : read;
}

export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
}

const lookedAt = z.object({
  vin: z.string().optional().catch(undefined),
  vehicle: z.object({ vin: z.string() }).optional().catch(undefined),
  customer: z.object({ email: z.string() }).optional().catch(undefined),
});

/** What is odd but no reason to refuse: shown by check-event and in the log, with the field's name only. */
function warningsOf(detail: unknown): Problem[] {
  const found = lookedAt.safeParse(detail).data;
  const vin = found?.vehicle?.vin ?? found?.vin;
  const odd = vin === undefined ? undefined : vinWarning(vin.trim().toUpperCase());
  const email = found?.customer?.email.trim();
  return [
    ...(odd === undefined ? [] : [{ path: found?.vehicle ? 'vehicle.vin' : 'vin', message: odd }]),
    ...(email === undefined || emailAddress.safeParse(email).success
      ? []
      : [{ path: 'customer.email', message: 'is no email address: the customer counts as having none' }]),
  ];
}

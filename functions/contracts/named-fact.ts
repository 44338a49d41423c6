import * as z from 'zod';
import { identifier, instant } from './fields.ts';

/**
 * What identifies a fact to its sender. It can be read from any event, even from a refused one; a part that the event
 * lacks or garbles is undefined.
 */
export interface NamedFact {
  readonly storeId: string | undefined;
  readonly number: { readonly of: NumberOf; readonly is: string } | undefined;
  readonly occurredAt: string | undefined;
  readonly correlationId: string | undefined;
}
export type NumberOf = 'deal' | 'RO' | 'appointment' | 'task' | 'VIN';

const text = z.string().optional().catch(undefined);
const number = identifier.optional().catch(undefined);
const fields = z.object({
  storeId: text,
  correlationId: text,
  occurredAt: instant.optional().catch(undefined),
  dealNumber: number,
  roNumber: number,
  appointmentNumber: number,
  taskId: text,
  vin: text,
  vehicle: z.object({ vin: text }).optional().catch(undefined),
});

export function namedFact(detail: unknown): NamedFact {
  const { dealNumber, roNumber, appointmentNumber, taskId, vin, vehicle, ...rest } =
    fields.safeParse(detail).data ?? {};
  const numbers: readonly (readonly [NumberOf, string | undefined])[] = [
    ['deal', dealNumber],
    ['RO', roNumber],
    ['appointment', appointmentNumber],
    ['task', taskId],
    ['VIN', vin ?? vehicle?.vin],
  ];
  const [found] = numbers.flatMap(([of, is]) => (is === undefined ? [] : [{ of, is }]));
  const { storeId, occurredAt, correlationId } = rest;
  return { storeId, occurredAt, correlationId, number: found };
}

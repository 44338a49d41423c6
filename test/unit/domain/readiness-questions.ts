import type * as z from 'zod';
import { repairQuoted } from '../../../functions/contracts/repair-quoted.ts';
import { defaultNudgePolicy, type NudgePolicy } from '../../../functions/group/nudge-policy.ts';
import type { HistorySummary } from '../../../functions/history/visits.ts';
import {
  type Assessment,
  assess,
  type Circumstances,
  type QuotedQuestion,
  type Reason,
} from '../../../functions/readiness/assess.ts';

export const today = '2026-11-20';
export const recently = '2026-11-18';

type QuoteInput = z.input<typeof repairQuoted.schema>;

export interface Given {
  readonly quote?: Partial<QuoteInput>;
  readonly history?: Partial<HistorySummary> | 'none';
  readonly policy?: Partial<NudgePolicy>;
  readonly circumstances?: Circumstances;
}

/**
 * A customer of five years with four visits in twelve months, whose car would bring $4,500: $2,400 are quoted, and
 * $1,300 were paid in the last twelve months. Two independent reasons, and nothing against them.
 */
export function questionOf({ quote, history, policy, circumstances }: Given = {}): QuotedQuestion {
  return {
    quote: repairQuoted.schema.parse({
      storeId: 'north',
      occurredAt: '2026-11-20T10:15:00-06:00',
      roNumber: '48211',
      customer: { customerNumber: 'C-1', firstName: 'Maria', lastName: 'Lopez' },
      vehicle: { vin: '1HGCM82633A004352', year: 2019, odometerMiles: 84_000 },
      quote: { totalCents: 240_000 },
      value: { cents: 450_000, asOf: recently },
      ...quote,
    }),
    history:
      history === 'none'
        ? undefined
        : {
            asOf: today,
            customerSince: '2021-02-01',
            visits12: 4,
            visits24: 7,
            customerPayCents12: 130_000,
            carPayCents12: 130_000,
            declined: [],
            declinedCents12: 0,
            comebacks12: 0,
            ...history,
          },
    policy: { ...defaultNudgePolicy, ...policy },
    today,
    timeZone: 'America/Chicago',
    circumstances: circumstances ?? {},
  };
}

export const answer = (given?: Given): Assessment => assess(questionOf(given));
export const reasons = (found: readonly Reason[]) => found.map(({ name }) => name);

export const oldCar = { vin: '1HGCM82633A004352', year: 2014, odometerMiles: 163_000 };
export const leased = { status: 'leased' as const, boughtOn: '2024-04-20', asOf: recently };

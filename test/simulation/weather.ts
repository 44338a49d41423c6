import type { Chance } from './chance.ts';

/**
 * Everything that may go wrong, by name. A run has its own weather: some kinds at some rate, the others not at all, so
 * that a rare fault is also seen without the noise of the common ones.
 */
const faultKinds = [
  'slow call',
  'crash before a call',
  'crash after a call',
  'dynamodb throttles',
  'dynamodb fails before',
  'dynamodb fails after',
  'dynamodb fails and writes late',
  'dynamodb is asked twice by the client',
  'ses throttles',
  'ses quota is used up',
  'ses account is paused',
  'ses refuses the email',
  'ses fails before',
  'ses accepts and fails',
  'ses fails and accepts late',
  'eventbridge fails before',
  'eventbridge fails after',
  'eventbridge takes a part',
  'eventbridge is asked twice by the client',
  'event comes twice',
  'event comes late',
  'rule cannot reach its function',
  'report of ses is lost',
  'report of ses comes twice',
  'report of ses comes late',
  'customer address bounces',
  'staff address bounces',
  'customer complains',
  'mail is delayed',
  'ses rejects what it accepted',
  'index lags',
  'clock is wrong',
  'tick comes twice',
  'tick is lost',
  'deploy in mid-flight',
  'ses is out for hours',
  'ses refuses every address for a day',
  'dynamodb is out for minutes',
  'a service about cars hangs',
  'a service about cars is down',
  'a service about cars lies',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Weather {
  /** How often it happens, from 0 to 1, each time it could. */
  readonly rateOf: (kind: FaultKind) => number;
}

export const fairWeather: Weather = weatherFrom(() => 0);

/** Half of the kinds, each at a rate of its own: seldom, now and then, often. */
export function weatherOf(chance: Chance): Weather {
  // One run in twenty has no faults at all: what goes wrong there is plainly wrong.
  if (chance.happens(0.05)) return fairWeather;
  const busy = chance.pick([0.2, 0.5, 0.8]);
  return weatherFrom(() => (chance.happens(busy) ? chance.pick([0.005, 0.03, 0.15]) : 0));
}

/** Weather with these kinds at these rates and nothing else. */
export function onlyWith(rates: Partial<Readonly<Record<FaultKind, number>>>): Weather {
  return { rateOf: (kind) => rates[kind] ?? 0 };
}

function weatherFrom(rate: () => number): Weather {
  // Asked in the order of the list, so that a seed means the same weather wherever it is asked.
  const rates = new Map(faultKinds.map((kind) => [kind, rate()]));
  return { rateOf: (kind) => rates.get(kind) ?? 0 };
}

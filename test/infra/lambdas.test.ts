import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appointmentAhead } from '../../functions/contracts/appointment-ahead.ts';
import { customerAnswered } from '../../functions/contracts/customer-answered.ts';
import { repairQuoteHigh } from '../../functions/contracts/repair-quote-high.ts';
import { repairQuoteSettled } from '../../functions/contracts/repair-quote-settled.ts';
import { repairQuoted } from '../../functions/contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../../functions/contracts/service-visit-opened.ts';
import { vehicleAppraised } from '../../functions/contracts/vehicle-appraised.ts';
import { vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import { functionNames, lambdas } from '../../functions/lambdas.ts';
import { receivingServices } from '../../functions/runtime/keeping-services.ts';
import { on, onEvents } from '../../functions/runtime/on-events.ts';
import { routes } from '../../lib/routes.ts';

const services = () => ({
  ...receivingServices({ TABLE_NAME: 'table', BUS_NAME: 'bus' }),
  roster: { read: () => Promise.resolve([]) },
  erasures: { covers: () => Promise.resolve(false) },
  corrected: { takeOff: () => Promise.resolve(0) },
});
const doNothing = () => Promise.resolve('nothing');
const quote = on(repairQuoteHigh, doNothing);
const anyQuote = on(repairQuoted, doNothing);
const settled = on(repairQuoteSettled, doNothing);
const answer = on(customerAnswered, doNothing);
const number = on(vehicleAppraised, doNothing);

describe('the uses of a function are the events that the registry routes to it', () => {
  it('compiles when they fit', () => {
    onEvents('review-repair-quote', services, {
      'repair-quoted': anyQuote,
      'repair-quote-high': quote,
      'repair-quote-settled': settled,
      'service-visit-opened': on(serviceVisitOpened, doNothing),
      'customer-answered': answer,
      'vehicle-appraised': number,
      'appointment-ahead': on(appointmentAhead, doNothing),
    });
  });

  it('does not compile when an event has no use', () => {
    // @ts-expect-error: 'customer-answered' is routed to this function too
    onEvents('review-repair-quote', services, { 'repair-quoted': anyQuote, 'repair-quote-high': quote });
  });

  it('does not compile when a use has no event', () => {
    const sold = on(vehicleSold, doNothing);
    // @ts-expect-error: no rule routes a repair quote to this function
    onEvents('introduce-service', services, { 'vehicle-sold': sold, 'repair-quote-high': quote });
  });

  it('does not compile when a use reads the contract of another event', () => {
    // @ts-expect-error: a sale is not a repair quote
    onEvents('introduce-service', services, { 'vehicle-sold': quote });
  });

  it('does not compile for a function that no rule of the bus invokes', () => {
    // @ts-expect-error: the sweep is invoked by its schedule
    onEvents('sweep-due-work', services, {});
  });
});

describe('the registry', () => {
  it.each(functionNames)('names a file for %s', (name) => {
    expect(existsSync(join('functions', lambdas[name].entry))).toBe(true);
  });

  it('handles each contract once, under its own detail type', () => {
    const handled = functionNames.flatMap((name) => Object.entries(lambdas[name].handles));
    expect(new Set(handled.map(([detailType]) => detailType)).size).toBe(handled.length);
    for (const [detailType, contract] of handled) expect(contract.detailType).toBe(detailType);
    expect(routes).toHaveLength(handled.length);
  });
});

import { shopperExpected } from '../../contracts/shopper-expected.ts';
import { shopperNeedsService } from '../../contracts/shopper-needs-service.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { preparingServices } from '../../runtime/services.ts';
import { expectShopper, followNeeds } from './send-to-service.ts';

// Once for each cold start.
const services = once(() => preparingServices(readEnvironment('send-to-service', 'sending')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('send-to-service', services, {
  'shopper-needs-service': on(shopperNeedsService, followNeeds),
  'shopper-expected': on(shopperExpected, expectShopper),
});

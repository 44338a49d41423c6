import { shopperExpected } from '../../../functions/contracts/shopper-expected.ts';
import { shopperNeedsService } from '../../../functions/contracts/shopper-needs-service.ts';
import { expectShopper, followNeeds } from '../../../functions/handoffs/repair-instead/send-to-service.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const repairInsteadUses = {
  'shopper-needs-service': on(shopperNeedsService, followNeeds),
  'shopper-expected': on(shopperExpected, expectShopper),
} satisfies UsesOf<'send-to-service', never>;

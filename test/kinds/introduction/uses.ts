import { vehicleSold } from '../../../functions/contracts/vehicle-sold.ts';
import { introduceService } from '../../../functions/handoffs/introduction/introduce-service.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const introductionUses = {
  'vehicle-sold': on(vehicleSold, introduceService),
} satisfies UsesOf<'introduce-service', never>;

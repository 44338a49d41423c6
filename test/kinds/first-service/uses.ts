import { firstServiceDue } from '../../../functions/contracts/first-service-due.ts';
import { vehicleOwnerChanged } from '../../../functions/contracts/vehicle-owner-changed.ts';
import { followOwner } from '../../../functions/handoffs/first-service/follow-owner.ts';
import { prepareFirstService } from '../../../functions/handoffs/first-service/prepare-first-service.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const firstServiceUses = {
  'first-service-due': on(firstServiceDue, prepareFirstService),
  'vehicle-owner-changed': on(vehicleOwnerChanged, followOwner),
} satisfies UsesOf<'prepare-first-service', never>;

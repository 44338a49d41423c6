import { firstServiceDue } from '../../contracts/first-service-due.ts';
import { vehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const firstServiceFunction = {
  entry: 'handoffs/first-service/handler.ts',
  description: 'A first service is due: invites the customer and asks the salesperson to be there',
  handles: { 'first-service-due': firstServiceDue, 'vehicle-owner-changed': vehicleOwnerChanged },
  ...decidesOnEvents,
} as const satisfies Lambda;

import { vehicleSold } from '../../contracts/vehicle-sold.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const introductionFunction = {
  entry: 'handoffs/introduction/handler.ts',
  description: 'A vehicle was sold: hands its customer over to a named service advisor',
  handles: { 'vehicle-sold': vehicleSold },
  ...decidesOnEvents,
} as const satisfies Lambda;

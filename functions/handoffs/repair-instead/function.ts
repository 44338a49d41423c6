import { shopperExpected } from '../../contracts/shopper-expected.ts';
import { shopperNeedsService } from '../../contracts/shopper-needs-service.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const repairInsteadFunction = {
  entry: 'handoffs/repair-instead/handler.ts',
  description: 'A shopper’s car is merely broken: sends them to a named advisor in Service',
  handles: { 'shopper-needs-service': shopperNeedsService, 'shopper-expected': shopperExpected },
  ...decidesOnEvents,
} as const satisfies Lambda;

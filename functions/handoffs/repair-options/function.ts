import { customerAnswered } from '../../contracts/customer-answered.ts';
import { repairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const repairOptionsFunction = {
  entry: 'handoffs/repair-options/handler.ts',
  description: 'A repair quote is high: shows the advisor repair beside replace',
  handles: { 'repair-quote-high': repairQuoteHigh, 'customer-answered': customerAnswered },
  ...decidesOnEvents,
} as const satisfies Lambda;

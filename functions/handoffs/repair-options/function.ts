import { appointmentAhead } from '../../contracts/appointment-ahead.ts';
import { customerAnswered } from '../../contracts/customer-answered.ts';
import { repairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import { repairQuoteSettled } from '../../contracts/repair-quote-settled.ts';
import { repairQuoted } from '../../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../../contracts/service-visit-opened.ts';
import { vehicleAppraised } from '../../contracts/vehicle-appraised.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const repairOptionsFunction = {
  entry: 'handoffs/repair-options/handler.ts',
  description: 'A repair was quoted, or a visit opened: what the advisor is shown and asked',
  handles: {
    'repair-quoted': repairQuoted,
    'repair-quote-high': repairQuoteHigh,
    'repair-quote-settled': repairQuoteSettled,
    'service-visit-opened': serviceVisitOpened,
    'customer-answered': customerAnswered,
    'vehicle-appraised': vehicleAppraised,
    'appointment-ahead': appointmentAhead,
  },
  ...decidesOnEvents,
  environment: 'asking',
} as const satisfies Lambda;

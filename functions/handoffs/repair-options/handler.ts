import { appointmentAhead } from '../../contracts/appointment-ahead.ts';
import { customerAnswered } from '../../contracts/customer-answered.ts';
import { repairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import { repairQuoteSettled } from '../../contracts/repair-quote-settled.ts';
import { repairQuoted } from '../../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../../contracts/service-visit-opened.ts';
import { vehicleAppraised } from '../../contracts/vehicle-appraised.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { quotingServices } from '../../runtime/services.ts';
import { rememberAnswer } from './remember-answer.ts';
import { reviewAppointment } from './review-appointment.ts';
import { reviewHighRepairQuote, reviewRepairQuote, settleQuote } from './review-repair-quote.ts';
import { reviewVisit } from './review-visit.ts';
import { takeAppraisal } from './take-appraisal.ts';

// Once for each cold start.
const services = once(() => quotingServices(readEnvironment('review-repair-quote', 'asking')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('review-repair-quote', services, {
  'repair-quoted': on(repairQuoted, reviewRepairQuote),
  'repair-quote-high': on(repairQuoteHigh, reviewHighRepairQuote),
  'repair-quote-settled': on(repairQuoteSettled, settleQuote),
  'service-visit-opened': on(serviceVisitOpened, reviewVisit),
  'customer-answered': on(customerAnswered, rememberAnswer),
  'vehicle-appraised': on(vehicleAppraised, takeAppraisal),
  'appointment-ahead': on(appointmentAhead, reviewAppointment),
});

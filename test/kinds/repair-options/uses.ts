import { appointmentAhead } from '../../../functions/contracts/appointment-ahead.ts';
import { customerAnswered } from '../../../functions/contracts/customer-answered.ts';
import { repairQuoteHigh } from '../../../functions/contracts/repair-quote-high.ts';
import { repairQuoteSettled } from '../../../functions/contracts/repair-quote-settled.ts';
import { repairQuoted } from '../../../functions/contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../../../functions/contracts/service-visit-opened.ts';
import { vehicleAppraised } from '../../../functions/contracts/vehicle-appraised.ts';
import { rememberAnswer } from '../../../functions/handoffs/repair-options/remember-answer.ts';
import { reviewAppointment } from '../../../functions/handoffs/repair-options/review-appointment.ts';
import {
  reviewHighRepairQuote,
  reviewRepairQuote,
  settleQuote,
} from '../../../functions/handoffs/repair-options/review-repair-quote.ts';
import { reviewVisit } from '../../../functions/handoffs/repair-options/review-visit.ts';
import { takeAppraisal } from '../../../functions/handoffs/repair-options/take-appraisal.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const repairOptionsUses = {
  'repair-quoted': on(repairQuoted, reviewRepairQuote),
  'repair-quote-high': on(repairQuoteHigh, reviewHighRepairQuote),
  'repair-quote-settled': on(repairQuoteSettled, settleQuote),
  'service-visit-opened': on(serviceVisitOpened, reviewVisit),
  'customer-answered': on(customerAnswered, rememberAnswer),
  'vehicle-appraised': on(vehicleAppraised, takeAppraisal),
  'appointment-ahead': on(appointmentAhead, reviewAppointment),
} satisfies UsesOf<'review-repair-quote', never>;

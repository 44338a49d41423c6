import { customerAnswered } from '../contracts/customer-answered.ts';
import { repairQuoteHigh } from '../contracts/repair-quote-high.ts';
import { environments, readEnvironment } from '../runtime/environment.ts';
import { on, onEvents } from '../runtime/on-events.ts';
import { nudgingServices, once } from '../runtime/services.ts';
import { rememberAnswer } from './remember-answer.ts';
import { reviewRepairQuote } from './review-repair-quote.ts';

const services = once(() => nudgingServices(readEnvironment(environments['review-repair-quote'])));

export const handler = onEvents(services, [
  on(repairQuoteHigh, reviewRepairQuote),
  on(customerAnswered, rememberAnswer),
]);

import { numbersCounted } from '../../contracts/numbers-counted.ts';
import { hearEvents, on } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { reportingServices } from '../../runtime/reporting-services.ts';
import { writeWeek } from './report-week.ts';

// Once for each cold start.
const services = once(() => reportingServices(readEnvironment('report-week', 'reporting')));

// Called by AWS once for each store, and once for the group, when the week's numbers are counted.
export const handler = hearEvents('report-week', services, {
  'numbers-counted': on(numbersCounted, writeWeek),
});

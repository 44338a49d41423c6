import { countingServices } from '../../runtime/counting-services.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { countNumbers, tick } from './count-numbers.ts';

/** Enough time to collect the numbers of two hundred stores after counting. */
const RESERVE_MILLISECONDS = 300_000;

// Once for each cold start.
const services = once(() => countingServices(readEnvironment('count-numbers', 'counting')));

// Called by AWS every Monday.
export const handler = lambdaHandler(
  'The numbers could not be counted',
  async (input, context): Promise<void> => {
    const timeIsUp = () => context.getRemainingTimeInMillis() < RESERVE_MILLISECONDS;
    const monday = { id: context.awsRequestId, time: tick.parse(input).time };
    telemetry.info('Numbers counted', await countNumbers(services(), monday, timeIsUp));
  },
);

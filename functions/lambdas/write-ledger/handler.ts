import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { ledgerServices } from '../../runtime/ledger-services.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { writeLedger } from './write-ledger.ts';

/** Enough time to finish the month that is being written. */
const RESERVE_MILLISECONDS = 180_000;

// Once for each cold start.
const services = once(() => ledgerServices(readEnvironment('write-ledger', 'archiving')));

// Called by AWS every night.
export const handler = lambdaHandler(logLines.ledgerFailed.message, async (_tick, context): Promise<void> => {
  const timeIsUp = () => context.getRemainingTimeInMillis() < RESERVE_MILLISECONDS;
  const { written, left } = await writeLedger(services(), timeIsUp);
  telemetry.info('Ledger written', { written, left });
});

import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { AlarmMetric } from './environment.ts';
import { nameSourceLines } from './source-lines.ts';

/** Logs and metrics contain ids and outcomes; never a person's name, address, phone number or token. */
export const logger = new Logger();
const metrics = new Metrics();
const recorders = new Map<string, Metrics>();

type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export const telemetry = {
  info: (message: string, fields: Fields) => logger.info(message, fields),
  warn: (message: string, fields: Fields) => logger.warn(message, fields),
  /** Our own error messages contain ids and field names; the SDK's contain the operation. Neither contains an item. */
  error: (message: string, thrown: unknown, fields: Fields = {}) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    nameSourceLines(error);
    logger.error(message, { ...fields, error });
  },
  /** Counts one occurrence by the given dimensions. */
  count: (name: string, by: Readonly<Record<string, string>>) => {
    const single = metrics.singleMetric();
    for (const [dimension, value] of Object.entries(by)) single.addDimension(dimension, value);
    single.addMetric(name, MetricUnit.Count, 1);
  },
  /** Records a value for an alarm; its only dimension is the metric's service. */
  measure: ({ name, unit, recordedBy }: AlarmMetric, value: number) => {
    const recorder =
      recorders.get(recordedBy) ?? new Metrics({ serviceName: recordedBy, singleMetric: true });
    recorders.set(recordedBy, recorder);
    recorder.addMetric(name, MetricUnit[unit], value);
  },
} as const;

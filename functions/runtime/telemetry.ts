import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { once } from './once.ts';

/** Logs and metrics carry ids and names of outcomes; never a person's name, an address, a phone or a token. */
const logger = once(() => new Logger());
const metrics = once(() => new Metrics());

type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export const telemetry = {
  info: (message: string, fields: Fields) => logger().info(message, fields),
  warn: (message: string, fields: Fields) => logger().warn(message, fields),
  /** Error messages of our own name ids and fields; an SDK's name the operation. Neither prints an item. */
  error: (message: string, error: unknown, fields: Fields = {}) =>
    logger().error(message, { ...fields, error: error instanceof Error ? error : new Error(String(error)) }),
  /** One count, by what it counts and how it ended. */
  count: (name: string, by: Readonly<Record<string, string>>) => {
    const single = metrics().singleMetric();
    for (const [dimension, value] of Object.entries(by)) single.addDimension(dimension, value);
    single.addMetric(name, MetricUnit.Count, 1);
  },
  /** A number with the service's dimension only, for an alarm to stand on. */
  measure: (name: string, unit: keyof typeof MetricUnit, value: number) => {
    metrics().addMetric(name, MetricUnit[unit], value);
    metrics().publishStoredMetrics();
  },
} as const;

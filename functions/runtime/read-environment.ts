import * as z from 'zod';
import type { EnvironmentName, FunctionName } from '../lambdas.ts';
import { environments } from './environment.ts';

type Environments = typeof environments;

/** The environment variables that the stack sets for a function. */
export type EnvironmentOf<Name extends FunctionName> = z.input<Environments[EnvironmentName<Name>]>;

/** A function's environment, parsed with its schema from the registry. An error lists the wrong variables. */
export function readEnvironment<Name extends FunctionName, Kind extends EnvironmentName<Name>>(
  name: Name,
  kind: Kind,
  variables: NodeJS.ProcessEnv = process.env,
): z.output<Environments[Kind]> {
  return parse<Environments[Kind]>(name, environments[kind], variables);
}

function parse<Schema extends z.ZodObject>(
  name: FunctionName,
  schema: Schema,
  variables: NodeJS.ProcessEnv,
): z.output<Schema> {
  const read = schema.safeParse(variables);
  if (!read.success) throw new Error(`Invalid environment of ${name}:\n${z.prettifyError(read.error)}`);
  return read.data;
}

import * as z from 'zod';
import type { EnvironmentName, FunctionName } from '../lambdas.ts';
import { environments } from './environment.ts';

type Environments = typeof environments;

/** The variables that the stack gives to a function. */
export type EnvironmentOf<Name extends FunctionName> = z.input<Environments[EnvironmentName<Name>]>;

/** The environment of a function, parsed by the schema that the registry names; an error says what is wrong in it. */
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
  if (!read.success)
    throw new Error(`The environment of ${name} is not usable.\n${z.prettifyError(read.error)}`);
  return read.data;
}

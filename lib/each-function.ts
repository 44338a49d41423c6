import { type FunctionName, functionNames } from '../functions/lambdas.ts';

type OfEach<Value> = Readonly<Record<FunctionName, Value>>;

/** Builds a value for each function of the registry, by name. */
export function eachFunction<Value>(of: (name: FunctionName) => Value): OfEach<Value> {
  const made = Object.fromEntries(functionNames.map((name) => [name, of(name)]));
  if (isComplete(made)) return made;
  throw new Error('Expected something of each function of functions/lambdas.ts');
}

const isComplete = <Value>(made: Readonly<Record<string, Value>>): made is OfEach<Value> =>
  functionNames.every((name) => Object.hasOwn(made, name));

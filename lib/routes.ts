/** The rules of the bus, from the registry of functions: which event goes to which function. */
import { type Contract, OWN_SOURCE } from '../functions/contracts/contract.ts';
import { incomingEvents, internalEvents } from '../functions/events.ts';
import type { Lambda } from '../functions/lambda.ts';
import { type FunctionName, functionNames, lambdas } from '../functions/lambdas.ts';

export interface Route {
  readonly detailType: string;
  readonly title: string;
  readonly to: FunctionName;
  readonly pattern: { readonly detailType: string[]; readonly source?: string[] };
}

export const routes: readonly Route[] = [
  ...incomingEvents.map((contract) => routeOf(contract, {})),
  ...internalEvents.map((contract) => routeOf(contract, { source: [OWN_SOURCE] })),
];

/** Detail types that other senders may use; any other is refused as unknown. */
export const openDetailTypes: readonly string[] = incomingEvents.map(({ detailType }) => detailType);

const hearsOf = ({ hears = {} }: Lambda): NonNullable<Lambda['hears']> => hears;

const typeOf = ({ detailType }: Contract): string => detailType;

/**
 * Functions that receive facts which other functions handle. Each has one rule for all of its facts; our own events
 * are accepted from our own source only.
 */
export const hearers = functionNames.flatMap((name) => {
  const heard = Object.values(hearsOf(lambdas[name]));
  const ours = heard.filter(({ sentBy }) => sentBy === 'this software');
  const facts = heard.filter((contract) => !ours.includes(contract));
  return [
    ...(facts.length === 0 ? [] : [{ to: name, isOwn: false, pattern: { detailType: facts.map(typeOf) } }]),
    ...(ours.length === 0
      ? []
      : [{ to: name, isOwn: true, pattern: { source: [OWN_SOURCE], detailType: ours.map(typeOf) } }]),
  ];
});

export { OWN_SOURCE };

function routeOf(contract: Contract, from: { readonly source?: string[] }): Route {
  const { detailType, title } = contract;
  return { detailType, title, to: handlerOf(contract), pattern: { ...from, detailType: [detailType] } };
}

/** Synth fails if no function handles a contract, because its events would be dropped silently. */
function handlerOf(contract: Contract): FunctionName {
  const [name, ...others] = functionNames.filter((functionName) =>
    Object.entries(lambdas[functionName].handles).some(
      ([detailType, handled]) => detailType === contract.detailType && handled === contract,
    ),
  );
  if (name === undefined || others.length > 0)
    throw new Error(
      `Expected one function that handles '${contract.detailType}', found ${others.length + (name ? 1 : 0)}: see functions/lambdas.ts.`,
    );
  return name;
}

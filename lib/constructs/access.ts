import { functionNames, lambdas } from '../../functions/lambdas.ts';
import type { environments } from '../../functions/runtime/environment.ts';
import type { DealerBus } from './dealer-bus.ts';
import type { HandoffFunction } from './handoff-function.ts';
import type { HandoffFunctions } from './handoff-functions.ts';
import type { HandoffTable } from './handoff-table.ts';
import type { Mail } from './mail.ts';

export interface AccessProps {
  readonly functions: HandoffFunctions;
  readonly table: HandoffTable;
  readonly mail: Mail;
  readonly bus: DealerBus;
}

type Grants = Readonly<Record<keyof typeof environments, (lambda: HandoffFunction) => void>>;

/** Lets each function do what it calls, and no more. */
export function grantAccess({ functions, table, mail, bus }: AccessProps): void {
  const grants: Grants = {
    keeping: (lambda) => table.grantKeeping(lambda),
    sending: (lambda) => {
      table.grantDecisions(lambda);
      mail.grantSending(lambda);
    },
  };
  for (const name of functionNames) grants[lambdas[name].environment](functions[name]);
  table.grantHistory(functions['follow-dms']);
  table.grantQuery(functions['sweep-due-work'], 'due', 'open-by-assignee', 'open-by-store');
  table.grantQuery(functions['answer-task'], 'open-by-assignee', 'open-by-store');
  for (const name of functionNames) bus.grantPut(functions[name]);
}

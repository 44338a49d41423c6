import { arnOf, region } from '../aws.ts';
import type { Caller } from '../http/caller.ts';
import type { Ask, Context } from './ask.ts';
import { judge, type Statement } from './policy.ts';

/** A function, as far as its calls are judged. */
export interface Principal {
  name: string;
  roleName: string;
  /** Its role's policies. */
  statements: Statement[];
}

/** A function has an access key of its own, so that the endpoint knows who calls. */
export const accessKeyOf = (functionName: string): string => `local.${functionName}`;

/**
 * Judges each call of a function by the policies of its role. Any other key belongs to an
 * operator, who may do everything.
 */
export class Access {
  readonly #functions: Map<string, Principal>;

  constructor(functions: Principal[]) {
    this.#functions = new Map(functions.map((spec) => [accessKeyOf(spec.name), spec]));
  }

  /** AWS's message for a call that is denied; undefined when it is allowed. */
  denialOf(caller: Caller, ask: Ask): string | undefined {
    const spec = this.#functions.get(caller.accessKeyId);
    if (!spec) return undefined;
    const context: Context = {
      'aws:PrincipalArn': [arnOf.role(spec.roleName)],
      'aws:RequestedRegion': [region],
      'aws:SecureTransport': ['true'],
      'aws:PrincipalIsAWSService': ['false'],
      ...ask.context,
    };
    const verdict = judge(spec.statements, ask, context);
    if (verdict === 'allowed') return undefined;
    const why =
      verdict === 'denied'
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${ask.action} action`;
    return (
      `User: ${this.arnOf(caller)} is not authorized to perform: ${ask.action} ` +
      `on resource: ${ask.resource} ${why}`
    );
  }

  /** A function lives by the local clock, everybody else by that of the machine. */
  isFunction(caller: Caller): boolean {
    return this.#functions.has(caller.accessKeyId);
  }

  /** As AWS names the caller in messages. */
  arnOf(caller: Caller): string {
    const spec = this.#functions.get(caller.accessKeyId);
    return spec ? arnOf.session(spec.roleName, spec.name) : arnOf.user('local');
  }
}

import { account, arnOf, nameInArn, region } from '../aws.ts';
import type { Caller } from '../http/caller.ts';
import type { Ask, Context } from './ask.ts';
import { judge, type ResourceStatement, type Statement, type Verdict } from './policy.ts';

/** A function whose calls are checked against its permissions. */
export interface Principal {
  name: string;
  roleName: string;
  /** The policies of its role. */
  statements: Statement[];
}

/** Each function has its own access key, so that the endpoint knows who is calling. */
export const accessKeyOf = (functionName: string): string => `local.${functionName}`;

const DENIED_BY_RESOURCE = 'with an explicit deny in a resource-based policy';

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** For a whole account, any role in it stands as an example. */
const somebodyOf = (principal: string): string => principal.replace(/:root$/, ':role/anybody');

const isAbout = ({ principals }: ResourceStatement, arn: string): boolean =>
  principals.some((one) => one === '*' || one === arn || somebodyOf(one) === arn);

const contextOf = (arn: string, ask: Ask): Context => ({
  'aws:PrincipalArn': [arn],
  'aws:RequestedRegion': [region],
  'aws:SecureTransport': ['true'],
  'aws:PrincipalIsAWSService': ['false'],
  ...ask.context,
});

/**
 * Checks each call of a function against its role's policies, and every call against the resource's policy. Any other
 * key belongs to an operator, whose own policies allow everything. If a resource is closed to operators, the key
 * counts as the principals in the resource's policy: as all of them, or as the one with the key's name.
 */
export class Access {
  readonly #functions: Map<string, Principal>;
  readonly #resourceStatements: ResourceStatement[];

  constructor(functions: Principal[], resourceStatements: ResourceStatement[] = []) {
    this.#functions = new Map(functions.map((spec) => [accessKeyOf(spec.name), spec]));
    this.#resourceStatements = resourceStatements;
  }

  /** AWS's message for a denied call; undefined if it is allowed. */
  denialOf(caller: Caller, ask: Ask): string | undefined {
    const spec = this.#functions.get(caller.accessKeyId);
    const why = spec ? this.#whyNotFunction(spec, ask) : this.#whyNotOutside(caller, ask);
    if (why === undefined) return undefined;
    return (
      `User: ${this.arnOf(caller)} is not authorized to perform: ${ask.action} ` +
      `on resource: ${ask.resource} ${why}`
    );
  }

  #whyNotFunction({ roleName, statements }: Principal, ask: Ask): string | undefined {
    const arn = arnOf.role(roleName);
    const own = judge(statements, ask, contextOf(arn, ask));
    if (own === 'denied') return 'with an explicit deny in an identity-based policy';
    const ofResource = this.#ofResource(arn, ask);
    if (ofResource === 'denied') return DENIED_BY_RESOURCE;
    if (own === 'allowed' || ofResource === 'allowed') return undefined;
    return `because no identity-based policy allows the ${ask.action} action`;
  }

  #whyNotOutside({ accessKeyId }: Caller, ask: Ask): string | undefined {
    const named = this.#resourceStatements
      .filter(({ isDeny }) => !isDeny)
      .flatMap(({ principals }) => principals.filter((one) => one !== '*').map(somebodyOf));
    const chosen = named.filter((arn) => nameInArn(arn) === accessKeyId);
    const candidates = chosen.length > 0 ? chosen : [arnOf.user('local'), ...named];
    const verdicts = candidates.map((arn) => ({ arn, is: this.#ofResource(arn, ask) }));
    // Within the account, an operator's own policy is enough; a caller from another account needs the resource's as
    // well.
    const mayCall = verdicts.some(
      ({ arn, is }) => is === 'allowed' || (is === 'not allowed' && accountOf(arn) === account),
    );
    if (mayCall) return undefined;
    return verdicts.some(({ is }) => is === 'denied')
      ? DENIED_BY_RESOURCE
      : `because no resource-based policy allows the ${ask.action} action`;
  }

  #ofResource(arn: string, ask: Ask): Verdict {
    const about = this.#resourceStatements.filter((statement) => isAbout(statement, arn));
    return judge(about, ask, contextOf(arn, ask));
  }

  /** Functions use the local clock, everybody else the machine's. */
  isFunction(caller: Caller): boolean {
    return this.#functions.has(caller.accessKeyId);
  }

  /** The caller's ARN as in AWS's messages. */
  arnOf(caller: Caller): string {
    const spec = this.#functions.get(caller.accessKeyId);
    return spec ? arnOf.session(spec.roleName, spec.name) : arnOf.user('local');
  }
}

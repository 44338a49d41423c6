/** The target of a preflight: the local run, or a stack that may not be deployed yet. */
import { accountHint, isNobodyLoggedIn, requireProfile } from '../deploy/aws-account.ts';
import { stackNameOf } from '../lib/group.ts';
import { Problem, UsageProblem } from '../lib/problem.ts';
import { type ClientOptions, resolveTarget, type TargetChoice } from '../lib/target.ts';

export interface Place {
  readonly where: string;
  readonly stackName: string | undefined;
  readonly clientOptions: ClientOptions;
  readonly isLocal: boolean;
  /** The local run's outputs, because it has no CloudFormation to ask. A stack's are in CloudFormation's answer. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly now: string;
}

/**
 * The local run by default, as for every command. If only a group's file is given, it is the shell's AWS account, so
 * that a group can be checked before its first deploy.
 */
export async function resolvePlace(choice: TargetChoice, groupName: string | undefined): Promise<Place> {
  const { port, local, stack, table } = choice;
  if (table !== undefined)
    throw new UsageProblem('A preflight looks at a stack or the local run, not at --table');
  if (stack !== undefined && (port !== undefined || local !== undefined)) await resolveTarget(choice);
  if (port !== undefined || local !== undefined || (stack === undefined && groupName === undefined)) {
    const target = await resolveTarget(choice);
    return { ...target, isLocal: true };
  }
  return account(stack ?? stackNameOf(groupName ?? ''));
}

async function account(stackName: string): Promise<Place> {
  requireProfile(undefined);
  if (await isNobodyLoggedIn(undefined)) throw new Problem(accountHint);
  return {
    where: `${stackName} in the AWS account of your shell`,
    ...{ stackName, clientOptions: {}, isLocal: false, outputs: new Map(), now: new Date().toISOString() },
  };
}

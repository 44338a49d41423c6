import * as z from 'zod';
import { nameInArn } from '../aws.ts';
import { compilePolicy, documentSchema, type Statement } from '../iam/policy.ts';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

const named = z.object({ PolicyName: z.string(), PolicyDocument: documentSchema });

const roleSchema = z.object({
  Policies: z.array(named).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});
const attachedSchema = z.object({
  PolicyDocument: documentSchema,
  Roles: z.array(z.string()).default([]),
});

/** AWS's managed policies that a role may have. They concern services that nothing here calls. */
const awsManaged = new Set([
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
  'arn:aws:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy',
]);

/** The policy statements of each role, by the role's name. */
export function readRoles(stack: StackReader): Map<string, Statement[]> {
  const managed = stack.read('AWS::IAM::ManagedPolicy', attachedSchema);
  const attached = [...stack.read('AWS::IAM::Policy', attachedSchema), ...managed];
  const roles = stack.read('AWS::IAM::Role', roleSchema, ['PermissionsBoundary']);
  return new Map(
    roles.map(({ id, name, props }) => {
      const referenced = props.ManagedPolicyArns.flatMap((arn) => {
        if (awsManaged.has(arn)) return [];
        const found = managed.find((policy) => policy.name === nameInArn(arn));
        if (!found) throw new Problem(`${id}: the local run does not know the managed policy ${arn}`);
        return [found];
      });
      const statements = [
        ...props.Policies.flatMap((policy) =>
          compilePolicy(policy.PolicyDocument, `${id}, ${policy.PolicyName}`),
        ),
        ...[...attached.filter(({ props: { Roles } }) => Roles.includes(name)), ...referenced].flatMap(
          (policy) => compilePolicy(policy.props.PolicyDocument, policy.id),
        ),
      ];
      return [name, statements];
    }),
  );
}

import * as z from 'zod';
import { compileResourceStatement, type ResourceStatement } from '../iam/policy.ts';
import type { StackReader } from './reader.ts';

const policySchema = z.object({
  EventBusName: z.string(),
  StatementId: z.string(),
  Statement: z.record(z.string(), z.unknown()),
});

/** The statements of the buses' own policies: who may put which events. */
export const readBusPolicies = (stack: StackReader): ResourceStatement[] =>
  stack
    .read('AWS::Events::EventBusPolicy', policySchema)
    .flatMap(({ id, props }) => compileResourceStatement(props.Statement, `${id}, ${props.StatementId}`));

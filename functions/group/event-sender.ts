import * as z from 'zod';
import { storeId } from '../contracts/fields.ts';
import { principalArn } from './principal-arn.ts';

const arnAndSources =
  "expected the ARN of an IAM principal, such as 'arn:aws:iam::111122223333:role/dms-adapter', with its sources: " +
  "{ arn: '…', sources: ['dms.cdk'] }";
const sourceMessage =
  "expected the source of events, such as 'dms.cdk', or the beginning of several, such as 'feed.*'";

/** Who may put events on the bus, and about which stores. */
export const eventSender = z.strictObject(
  {
    arn: principalArn.describe('A role or a user; `…:root` is everybody in an account'),
    sources: z
      .array(z.string().regex(/^(\*|[A-Za-z0-9][\w.-]*(\.\*)?)$/, sourceMessage))
      .min(1)
      .max(20)
      .describe(
        'What its events may have as `source`; the bus denies every other. `feed.*` is any source that begins so, `*` is any but our own: for the role of an operator who puts events back',
      ),
    stores: z
      .array(storeId)
      .min(1)
      .optional()
      .describe('The stores that it may speak for. Left out: all stores of the group'),
  },
  {
    error: ({ code, input }) =>
      code === 'invalid_type' && typeof input === 'string' ? arnAndSources : undefined,
  },
);

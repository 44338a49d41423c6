import * as z from 'zod';

/** An AWS principal that is given a permission. */
export const principalArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:(root|role\/[^*]+|user\/[^*]+)$/,
    "expected the ARN of an IAM principal, such as 'arn:aws:iam::111122223333:role/dms-adapter'",
  )
  .meta({ format: 'ARN' });

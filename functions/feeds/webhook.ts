import * as z from 'zod';

/**
 * How a vendor posts to us, if its system has webhooks. Like a source, this is data with a closed list of features,
 * so another vendor needs no code.
 */
const header = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, "expected the name of a header such as 'X-Signature'");

/** A fixed text in front of a signature, key or token. */
const prefix = z.string().min(1).max(20).optional();

const signedParts = z.enum(['body', 'time', 'id']);

/** Names of headers are the same whatever their case. */
export const isSameHeader = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const signature = z
  .strictObject({
    by: z.literal('signature'),
    header: header.describe('The header with the signature'),
    algorithm: z.enum(['sha256', 'sha1', 'sha512']).default('sha256').describe('The hash of the HMAC'),
    encoding: z.enum(['hex', 'base64']).describe('How the signature is written'),
    prefix: prefix.describe('What stands before the signature: `sha256=`'),
    separator: z
      .string()
      .length(1)
      .optional()
      .describe(
        'Between several signatures in one header, by an old and a new key, or between them and the time. One that fits is enough',
      ),
    over: z
      .array(signedParts)
      .min(1)
      .default(['body'])
      .describe('What is signed, in this order: the body, the time, the id of the post'),
    joinedBy: z.string().max(3).default('.').describe('What stands between the parts'),
    key: z
      .strictObject({
        encoding: z.enum(['text', 'base64', 'hex']).default('text').describe('How the vendor writes its key'),
        prefix: prefix.describe('What stands before the key, and does not belong to it: `whsec_`'),
      })
      .default({ encoding: 'text' }),
    time: z
      .strictObject({
        header: header.describe(
          'The header of the time; where it is that of the signature, `prefix` finds it',
        ),
        prefix: prefix.describe('What stands before the time: `t=` in `t=1795000000,v1=5257a8…`'),
        as: z
          .enum(['seconds', 'milliseconds', 'instant'])
          .describe('Since 1970, or an instant with its offset'),
        withinMinutes: z
          .number()
          .int()
          .min(1)
          .max(60)
          .default(5)
          .describe('A post that was signed longer ago, or further ahead, is refused: somebody repeats it'),
      })
      .optional()
      .describe('When it was signed'),
    id: z.strictObject({ header }).optional().describe('The number of the post, where it is signed'),
  })
  .superRefine(({ header: signed, separator, over, time, id }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!over.includes('body')) wrong('over', "expected 'body' in it: what is not signed, anybody can write");
    if (over.includes('time') && !time) wrong('time', 'expected the header of the time that is signed');
    if (over.includes('id') && !id) wrong('id', 'expected the header of the id that is signed');
    if (time && isSameHeader(time.header, signed) && (separator === undefined || time.prefix === undefined))
      wrong('time', 'expected its prefix and the separator, since it stands in the header of the signature');
    if (time && !over.includes('time')) wrong('time', "expected 'time' in over: unsigned, it proves nothing");
    if (id && !over.includes('id')) wrong('id', "expected 'id' in over: unsigned, it proves nothing");
  });

const inHeader = z
  .strictObject({
    by: z.literal('key in a header'),
    header: header.describe('The header with the key'),
    prefix: prefix.describe('What stands before the key: `Bearer `'),
  })
  .describe('The vendor sends the key itself');

const inAddress = z
  .strictObject({
    by: z.literal('key in the address'),
    parameter: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
      .describe('The parameter of the address: `token`'),
  })
  .describe(
    'For a vendor that can be given an address only. Any other way is better: addresses are written into logs',
  );

const token = z
  .strictObject({
    by: z.literal('token'),
    header: header.default('Authorization').describe('The header with `Bearer` and the token'),
    issuer: z.url().describe('Who issues it'),
    audience: z.string().min(1).describe('For whom'),
    keySet: z
      .url({ protocol: /^https$/ })
      .describe('Where the issuer publishes its keys (JWKS). They are kept for ten minutes'),
    ours: z
      .array(z.string())
      .min(1)
      .default(['sub'])
      .describe(
        'The claims that are our own key, the one in the secret: without them, a token of any other app would do',
      ),
  })
  .describe('A JSON Web Token, signed by the issuer with an asymmetric key');

export const webhook = z
  .strictObject({
    verify: z
      .discriminatedUnion('by', [signature, inHeader, inAddress, token])
      .describe('How a post proves that it is of the vendor'),
    atMostKilobytes: z
      .number()
      .int()
      .min(1)
      .max(4_096)
      .default(512)
      .describe('A longer body is refused. A function takes four megabytes'),
    fileName: z
      .strictObject({ header })
      .optional()
      .describe("The name of a file that is posted as a body: the source's stamp stands in it"),
    setUp: z.array(z.string().min(1)).min(1).describe("What to enter on the vendor's side, step by step"),
  })
  .describe('How the source is posted to us. Left out: it comes as files only');

export type Webhook = z.infer<typeof webhook>;
export type Verify = Webhook['verify'];
export type SignatureCheck = Extract<Verify, { readonly by: 'signature' }>;
export type TokenCheck = Extract<Verify, { readonly by: 'token' }>;

import * as z from 'zod';

/** A parsed request to the SES v2 API. */
export interface SesRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

const contentSchema = z.object({ Data: z.string(), Charset: z.string().nullish() });

const attachmentSchema = z.object({
  FileName: z.string().min(1).max(255),
  RawContent: z.string(),
  ContentType: z.string().nullish(),
  ContentDisposition: z.enum(['ATTACHMENT', 'INLINE']).nullish(),
  ContentId: z.string().nullish(),
  ContentDescription: z.string().nullish(),
  ContentTransferEncoding: z.enum(['BASE64', 'QUOTED_PRINTABLE', 'SEVEN_BIT']).nullish(),
});

const addresses = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const simpleSchema = z.object({
  Subject: contentSchema,
  Body: z.object({ Text: contentSchema.nullish(), Html: contentSchema.nullish() }),
  Headers: z
    .array(z.object({ Name: z.string(), Value: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
  Attachments: z
    .array(attachmentSchema)
    .nullish()
    .transform((list) => list ?? []),
});

export const sendEmailSchema = z.object({
  FromEmailAddress: z.string().nullish(),
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .nullish(),
  ReplyToAddresses: addresses,
  FeedbackForwardingEmailAddress: z.string().nullish(),
  Content: z.object({
    Simple: simpleSchema.nullish(),
    Raw: z.unknown().optional(),
    Template: z.unknown().optional(),
  }),
  EmailTags: z
    .array(z.object({ Name: z.string(), Value: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
  ConfigurationSetName: z.string().nullish(),
});

export type SendEmail = z.infer<typeof sendEmailSchema>;
export type SimpleContent = z.infer<typeof simpleSchema>;

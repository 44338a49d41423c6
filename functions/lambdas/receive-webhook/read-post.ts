import * as z from 'zod';
import type { Post } from '../../feeds/post.ts';

/** An HTTP API request (payload 2.0), reduced to the parts that a post has. Header names are in lower case. */
const httpEvent = z.looseObject({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

export function readPost(event: unknown): { readonly feed: string; readonly post: Post } {
  const { rawPath, rawQueryString, headers, body, isBase64Encoded } = httpEvent.parse(event);
  return {
    feed: rawPath.split('/').at(-1) ?? '',
    post: {
      headers: new Map(Object.entries(headers)),
      parameters: new Map(new URLSearchParams(rawQueryString)),
      body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    },
  };
}

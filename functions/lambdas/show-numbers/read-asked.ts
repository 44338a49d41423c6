import * as z from 'zod';

/** An HTTP API request (payload 2.0), reduced to what a read-only page needs. */
const httpEvent = z.looseObject({
  rawPath: z.string(),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string() }) }),
});

export function readAsked(event: unknown): { readonly method: string; readonly path: string } {
  const { rawPath, requestContext } = httpEvent.parse(event);
  return { method: requestContext.http.method, path: rawPath };
}

import * as z from 'zod';

const publicHost = "expected an address that begins with 'https://' and has a public host name";

/** An API that is called from AWS: never an address within somebody's network. */
export const publicUrl = z
  .url({ protocol: /^https$/, error: publicHost })
  .max(500)
  .refine(
    (text) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(URL.parse(text)?.hostname ?? ''),
    publicHost,
  );

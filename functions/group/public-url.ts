import * as z from 'zod';

const publicHost = "expected an address that begins with 'https://' and has a public host name";

/** An API that is called from AWS; addresses in a private network are refused. */
export const publicUrl = z
  .url({ protocol: /^https$/, error: publicHost })
  .max(500)
  .refine(
    (text) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(URL.parse(text)?.hostname ?? ''),
    publicHost,
  );

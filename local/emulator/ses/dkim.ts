import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Three DNS names that look like SES's own and stay the same for a domain. */
export function dkimTokens(identity: string): string[] {
  return [1, 2, 3].map((at) =>
    [...createHash('sha256').update(`${identity} ${at}`).digest()]
      .map((byte) => alphabet[byte % alphabet.length])
      .join(''),
  );
}

/** The attributes of `AWS::SES::EmailIdentity`: the DNS record of each token, as a name and a value. */
export const dkimAttributes = Object.fromEntries(
  [1, 2, 3].flatMap((at) => {
    const token = (identity: string) => dkimTokens(identity)[at - 1] ?? '';
    return [
      [`DkimDNSTokenName${at}`, (identity: string) => `${token(identity)}._domainkey.${identity}`],
      [`DkimDNSTokenValue${at}`, (identity: string) => `${token(identity)}.dkim.amazonses.com`],
    ];
  }),
);

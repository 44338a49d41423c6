import * as z from 'zod';
import { principalArn } from './principal-arn.ts';

/** How a feed's files get into its folder, in addition to anyone who may already write there. */
const publicKey = z
  .string()
  .regex(
    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d{3}) [A-Za-z0-9+/=]+( .*)?$/,
    "expected the public part of an SSH key, such as 'ssh-ed25519 AAAA…'",
  );

const hostKey = z
  .string()
  .regex(
    /^(ssh-rsa|ecdsa-sha2-nistp\d{3}) [A-Za-z0-9+/=]+$/,
    "expected a host key as 'ssh-keyscan' prints it, without the host and a comment: 'ssh-rsa AAAA…' or 'ecdsa-sha2-nistp256 AAAA…'",
  );

const sftpUser = z.strictObject({
  publicKeys: z
    .array(publicKey)
    .min(1)
    .max(10)
    .describe('The public parts of the keys that the sender has. Two while one is replaced by the other'),
});

const filePull = z.strictObject({
  url: z
    .string()
    .regex(/^sftp:\/\/[\w.-]+(:\d{1,5})?$/, "expected an SFTP server, such as 'sftp://files.example.com'")
    .describe('The server, with its port where that is another than 22'),
  hostKeys: z
    .array(hostKey)
    .min(1)
    .max(10)
    .describe('The keys that the server is known by, as `ssh-keyscan` prints them: RSA or ECDSA'),
  secretArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:secretsmanager:/, "expected the ARN of a secret, 'arn:aws:secretsmanager:…'")
    .describe(
      'The secret with the user of the server: `{ "Username": …, "Password": … }` or `{ "Username": …, "PrivateKey": … }`',
    ),
  folder: z
    .string()
    .regex(/^\/[\w./ -]{0,200}$/, "expected a folder from the top, such as '/outbound'")
    .default('/')
    .describe('Where the files lie on the server. Folders below it are not looked at'),
  files: z
    .string()
    .regex(/^[\w.*-]{1,200}$/, "expected the names of files, such as 'DVD46315_*_SV.txt'")
    .describe('Which files there are of this feed; `*` stands for any letters'),
  everyMinutes: z
    .number()
    .int()
    .min(15)
    .max(1440)
    .default(60)
    .describe('How often the folder is listed: a tenth of a cent each time'),
});

export const feedTransport = {
  writtenBy: principalArn
    .optional()
    .describe(
      "The IAM principal of a vendor with an AWS account of its own, which may write into this folder and nothing else. Left out: only this account's own principals may",
    ),
  sftp: sftpUser
    .optional()
    .describe(
      'A user of an SFTP server of the stack, called like the feed, who may only write. With the first such feed the stack has the server, which costs about $216 a month. See docs/feeds.md',
    ),
  pull: filePull
    .optional()
    .describe("Fetches the new files of somebody else's SFTP server. See docs/feeds.md"),
};

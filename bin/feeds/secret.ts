/** The keys with which vendors sign their posts: `feed secret set|rotate|retire`. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Command } from 'commander';
import { type FeedSecret, readFeedSecret, withNewKey } from '../../functions/feeds/feed-keys.ts';
import { keyBytes } from '../../functions/feeds/verify-post.ts';
import type { Verify } from '../../functions/feeds/webhook.ts';
import { feedSecretOutput } from '../../lib/constructs/names.ts';
import { feedsOf } from '../../lib/sources.ts';
import { newCommand } from '../lib/command-line.ts';
import { type GroupChoice, groupFileOf, knownGroupOf, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { Problem, UsageProblem } from '../lib/problem.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';

export const buildSecret = (): Command =>
  newCommand({
    name: 'secret',
    summary: 'Set or change the key by which a vendor proves what it posts to a feed',
    examples: ['npm run feed -- secret rotate own-quotes --stack handoff-<name>'],
  })
    .addCommand(
      buildOne({
        name: 'set',
        summary: 'Take the key that the vendor shows, from the standard input',
        more: 'It is never an argument: those are kept in the history of the shell. The key before it stays right until "retire".',
        example: 'npm run feed -- secret set shopmonkey --stack handoff-<name> < key.txt',
        change: async (secret, verify) => withNewKey(secret, checked(await keyFromInput(), verify)),
      }),
    )
    .addCommand(
      buildOne({
        name: 'rotate',
        summary: 'Make a new key, and print it to be given to the vendor',
        more: 'The key before it stays right until "retire", so that nothing is lost while the vendor changes over.',
        example: 'npm run feed -- secret rotate own-quotes --stack handoff-<name>',
        change: async (secret) => withNewKey(secret, randomBytes(KEY_BYTES).toString('hex')),
        prints: true,
      }),
    )
    .addCommand(
      buildOne({
        name: 'retire',
        summary: 'Take the former key away, once the vendor posts with the new one',
        more: 'A function that is warm takes it for five minutes more.',
        example: 'npm run feed -- secret retire own-quotes --stack handoff-<name>',
        change: async ({ current }) => ({ current }),
      }),
    );

/** Written in hexadecimal digits, which are also valid Base64, so the key works whichever way the source reads it. */
const KEY_BYTES = 36;

interface One {
  readonly name: string;
  readonly summary: string;
  readonly more: string;
  readonly example: string;
  readonly change: (secret: FeedSecret, verify?: Verify) => Promise<FeedSecret>;
  readonly prints?: true;
}

interface Options extends TargetChoice, GroupChoice {
  readonly json?: boolean;
}

const buildOne = ({ name, summary, more, example, change, prints }: One): Command =>
  withTarget(withGroup(newCommand({ name, summary, more, examples: [example] })))
    .argument('<feed>', "a feed of the group's file that is posted")
    .option('--json', 'the address, how many keys are right, and a new key, as JSON')
    .action(async (feed: string, { json, ...choice }: Options) => {
      const target = await resolveTarget(choice);
      const verify = verifyOf(target, choice, feed);
      const after = await changed(target, feed, (secret) => change(secret, verify));
      const address = `${target.outputs.get('WebhookOrigin')}/in/${feed}`;
      const keys = after.previous === undefined ? 1 : 2;
      if (json) return sayJson({ address, keys, ...(prints ? { key: after.current } : {}) });
      say(
        `${target.where} takes posts of ${feed} at ${address}`,
        keys === 1 ? 'by one key.' : 'by two keys: the new one, and the one before it until "secret retire".',
      );
      if (prints) say(`The new key: ${after.current}`);
    });

/** Undefined if no group's file was given: then the key is not checked here, only each post by the deployed stack. */
function verifyOf(target: Target, choice: GroupChoice, feed: string): Verify | undefined {
  const group = knownGroupOf(target, choice);
  const feeds = group ? feedsOf(group, groupFileOf(target, choice)) : [];
  return feeds.find(({ name }) => name === feed)?.source.webhook?.verify;
}

/** A key that was copied in part, or of another field of the vendor's page, would refuse every post from now on. */
function checked(key: string, verify: Verify | undefined): string {
  if (verify?.by !== 'signature' || keyBytes(key, verify)) return key;
  const written = verify.key.encoding === 'hex' ? 'hexadecimal digits, two a byte' : 'Base64';
  const behind = verify.key.prefix === undefined ? '' : ` behind ${verify.key.prefix}`;
  throw new UsageProblem(
    `Expected a key in ${written}${behind}, as the vendor writes it. Nothing was changed.`,
  );
}

async function changed(target: Target, feed: string, change: One['change']): Promise<FeedSecret> {
  const SecretId = target.outputs.get(feedSecretOutput(feed));
  if (SecretId === undefined)
    throw new Problem(`${target.where} has no feed '${feed}' that is posted. Deploy the group's file first.`);
  const client = new SecretsManagerClient(target.clientOptions);
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  const after = await change(readFeedSecret(SecretString));
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(after) }));
  return after;
}

async function keyFromInput(): Promise<string> {
  const key = (await text(process.stdin)).trim();
  if (key === '' || /\s/.test(key))
    throw new UsageProblem('Expected one key on the standard input: ... < key.txt');
  return key;
}

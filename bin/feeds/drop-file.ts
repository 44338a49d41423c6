/** Puts a file into the folder of its feed, where the stack reads it. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DROP } from '../../functions/feeds/dropped-file.ts';
import { messageOf, Problem } from '../lib/problem.ts';
import type { Target } from '../lib/target.ts';

export async function dropFile(file: string, feedName: string, target: Target): Promise<string> {
  const bucket = target.outputs.get('DropBucket');
  if (bucket === undefined)
    throw new Problem(`${target.where} has no bucket for files: use the local run or --stack.`);
  const key = `${DROP}${feedName}/${basename(file)}`;
  const client = new S3Client(target.clientOptions);
  try {
    await client.send(
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: key, Body: createReadStream(file) },
        ContentLength: statSync(file).size,
      }),
    );
    return `s3://${bucket}/${key}`;
  } catch (error) {
    throw new Problem(`${file} could not be put into ${bucket}: ${messageOf(error)}`);
  } finally {
    client.destroy();
  }
}

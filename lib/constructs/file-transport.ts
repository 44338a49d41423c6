import { Construct } from 'constructs';
import type { FeedInStack } from '../group-settings.ts';
import type { DropBucket } from './drop-bucket.ts';
import { FilePull } from './file-pull.ts';
import { pascalCase } from './names.ts';
import { SftpServer } from './sftp-server.ts';

export interface FileTransportProps {
  readonly groupName: string;
  readonly drop: DropBucket;
  readonly feeds: readonly FeedInStack[];
}

/**
 * Gets files into the bucket for senders that cannot put them there themselves. A group without such feeds gets none
 * of its resources.
 */
export class FileTransport extends Construct {
  readonly pulls: readonly FilePull[];
  readonly sftpEndpoint: string | undefined;

  constructor(scope: Construct, id: string, { groupName, drop, feeds }: FileTransportProps) {
    super(scope, id);
    for (const { name, writtenBy } of feeds) if (writtenBy !== undefined) drop.admitWriter(name, writtenBy);
    const users = Object.fromEntries(feeds.flatMap(({ name, sftp }) => (sftp ? [[name, sftp]] : [])));
    if (Object.keys(users).length > 0)
      this.sftpEndpoint = new SftpServer(this, 'Sftp', { drop, users }).endpoint;
    this.pulls = feeds.flatMap(({ name, pull }) =>
      pull ? [new FilePull(this, `${pascalCase(name)}Pull`, { groupName, feedName: name, pull, drop })] : [],
    );
  }
}

import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnServer, CfnUser } from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { DROP } from '../../functions/feeds/dropped-file.ts';
import type { SftpUserSettings } from '../group-settings.ts';
import type { DropBucket } from './drop-bucket.ts';
import { pascalCase } from './names.ts';
import { serviceRole } from './service-role.ts';

export interface SftpServerProps {
  readonly drop: DropBucket;
  /** By the name of the feed, which is the name of its user. */
  readonly users: Readonly<Record<string, SftpUserSettings>>;
}

/**
 * An SFTP server for systems that only send there. Each feed has a user, who writes to the feed's folder and reads
 * nothing, not even what it wrote.
 */
export class SftpServer extends Construct {
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { drop, users }: SftpServerProps) {
    super(scope, id);
    const server = new CfnServer(this, 'Server', {
      domain: 'S3',
      endpointType: 'PUBLIC',
      identityProviderType: 'SERVICE_MANAGED',
      protocols: ['SFTP'],
      // Left out, CloudFormation picks the oldest there is.
      securityPolicyName: 'TransferSecurityPolicy-2024-01',
      // Many clients set the time of a file that they sent, which S3 can't, and would take the file as not sent.
      protocolDetails: { setStatOption: 'ENABLE_NO_OP' },
    });
    for (const [feedName, { publicKeys }] of Object.entries(users)) {
      new CfnUser(this, `${pascalCase(feedName)}User`, {
        serverId: server.attrServerId,
        userName: feedName,
        role: this.#writerOf(drop, feedName).roleArn,
        homeDirectoryType: 'LOGICAL',
        homeDirectoryMappings: [{ entry: '/', target: `/${drop.name}/${DROP}${feedName}` }],
        sshPublicKeys: [...publicKeys],
      });
    }
    this.endpoint = `${server.attrServerId}.server.transfer.${Stack.of(this).region}.amazonaws.com`;
  }

  #writerOf(drop: DropBucket, feedName: string): Role {
    const role = serviceRole(this, `${pascalCase(feedName)}Writer`, 'transfer.amazonaws.com');
    const folder = `${DROP}${feedName}`;
    role.addToPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [`${drop.arn}/${folder}/*`] }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [drop.arn],
        conditions: { StringLike: { 's3:prefix': [`${folder}/*`, folder] } },
      }),
    );
    drop.acknowledgeFolder(role, `${folder}/`);
    return role;
  }
}

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
  /** By feed name, which is also the user name. */
  readonly users: Readonly<Record<string, SftpUserSettings>>;
}

/**
 * An SFTP server for systems that can only send by SFTP. Each feed has a user who can write to the feed's folder and
 * read nothing, not even the files they wrote.
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
      // If it is left out, CloudFormation picks the oldest policy.
      securityPolicyName: 'TransferSecurityPolicy-2024-01',
      // Many clients set the time of a file after sending it. S3 cannot do that, and the clients would consider the
      // file unsent.
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

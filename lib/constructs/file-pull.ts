import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CfnConnector } from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { DROP } from '../../functions/feeds/dropped-file.ts';
import type { FilePullSettings } from '../group-settings.ts';
import { newFiles } from '../new-files.ts';
import { type DropBucket, RAW_DAYS } from './drop-bucket.ts';
import { LOG_RETENTION } from './handoff-function.ts';
import { serviceRole } from './service-role.ts';

export interface FilePullProps {
  readonly groupName: string;
  readonly feedName: string;
  readonly pull: FilePullSettings;
  readonly drop: DropBucket;
}

/** Fewer days than the bucket keeps files: a file that has expired there must not be fetched again. */
const FETCHED_WITHIN_DAYS = RAW_DAYS - 4;
/** Step Functions passes at most 256 KB from one step to the next: about 1,500 files. */
const MOST_FILES = 1_000;
/** The most files that one StartFileTransfer call accepts. */
const FILES_OF_ONE_CALL = 10;

/**
 * Fetches new files from somebody else's SFTP server. The connector lists a folder into the bucket, then fetches the
 * files that the bucket lacks. A failed run loses nothing, because the next one compares again.
 */
export class FilePull extends Construct {
  readonly feedName: string;
  readonly stateMachine: StateMachine;
  /** The name of the schedule's rule that starts it. */
  readonly ruleName: string;

  constructor(scope: Construct, id: string, { groupName, feedName, pull, drop }: FilePullProps) {
    super(scope, id);
    this.feedName = feedName;
    const places = { files: `${DROP}${feedName}/`, lists: `listings/${feedName}/` };
    const connector = this.#connectorOf(pull, drop, places);
    const role = this.#runnerOf(connector, drop, places);
    this.stateMachine = new StateMachine(this, 'Run', {
      stateMachineName: `handoff-${groupName}-pull-${feedName}`,
      comment: `Fetches new files of the feed ${feedName}`,
      definitionBody: DefinitionBody.fromString(
        Stack.of(this).toJsonString(stepsOf({ connectorId: connector.attrConnectorId, pull, drop, places })),
      ),
      role,
      timeout: Duration.minutes(15),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Log', {
          retention: LOG_RETENTION,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    const schedule = new Rule(this, 'Schedule', {
      description: `Time to look for new files of the feed ${feedName}`,
      schedule: Schedule.rate(Duration.minutes(pull.everyMinutes)),
      targets: [
        new SfnStateMachine(this.stateMachine, {
          role: serviceRole(this, 'Starter', 'events.amazonaws.com'),
          retryAttempts: 2,
          maxEventAge: Duration.minutes(5),
        }),
      ],
    });
    this.ruleName = schedule.ruleName;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The delivery of logs and of traces can be permitted for no single resource.',
    });
    Validations.of(schedule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason: 'A tick of the clock carries nothing: the next one finds the same files.',
    });
  }

  #connectorOf(pull: FilePullSettings, drop: DropBucket, places: Places): CfnConnector {
    const role = serviceRole(this, 'ConnectorRole', 'transfer.amazonaws.com');
    for (const statement of [
      new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [drop.arn] }),
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resources: Object.values(places).map((folder) => `${drop.arn}/${folder}*`),
      }),
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [pull.secretArn] }),
    ])
      role.addToPolicy(statement);
    for (const folder of Object.values(places)) drop.acknowledgeFolder(role, folder);
    return new CfnConnector(this, 'Connector', {
      url: pull.url,
      accessRole: role.roleArn,
      sftpConfig: { userSecretId: pull.secretArn, trustedHostKeys: [...pull.hostKeys] },
    });
  }

  #runnerOf(connector: CfnConnector, drop: DropBucket, { files, lists }: Places): Role {
    const role = serviceRole(this, 'RunRole', 'states.amazonaws.com');
    for (const statement of [
      new PolicyStatement({
        actions: ['transfer:StartDirectoryListing', 'transfer:StartFileTransfer'],
        resources: [connector.attrArn],
      }),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [`${drop.arn}/${lists}*`] }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [drop.arn],
        // S3 reports that a list is not written yet only to a principal that may list the bucket; that request has no
        // prefix.
        conditions: { StringLikeIfExists: { 's3:prefix': files } },
      }),
    ])
      role.addToPolicy(statement);
    drop.acknowledgeFolder(role, lists);
    return role;
  }
}

interface Places {
  readonly files: string;
  readonly lists: string;
}

interface Steps {
  readonly connectorId: string;
  readonly pull: FilePullSettings;
  readonly drop: DropBucket;
  readonly places: Places;
}

/** The steps, in JSONata. Answers of AWS are kept in variables, and none is passed on as a whole. */
function stepsOf({ connectorId, pull, drop, places: { files, lists } }: Steps): object {
  const retried = {
    Retry: [{ ErrorEquals: ['Transfer.ThrottlingException', 'States.Timeout'], MaxAttempts: 5 }],
  };
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'List the folder',
    States: {
      'List the folder': {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:transfer:startDirectoryListing' },
        Arguments: {
          ...{ ConnectorId: connectorId, RemoteDirectoryPath: pull.folder, MaxItems: MOST_FILES },
          OutputDirectoryPath: `/${drop.name}/${lists.slice(0, -1)}`,
        },
        Assign: { listed: `{% '${lists}' & $states.result.OutputFileName %}` },
        ...retried,
        Next: 'Read the list',
      },
      'Read the list': {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject' },
        Arguments: { Bucket: drop.name, Key: '{% $listed %}' },
        Assign: { list: '{% $parse($states.result.Body) %}' },
        // The connector writes the list when it is done, which takes seconds.
        Retry: [
          { ErrorEquals: ['S3.NoSuchKeyException'], IntervalSeconds: 10, BackoffRate: 1.5, MaxAttempts: 8 },
        ],
        Next: 'Is it whole?',
      },
      'Is it whole?': {
        Type: 'Choice',
        Choices: [{ Condition: "{% $string($list.truncated) = 'true' %}", Next: 'Too many files' }],
        Default: 'See what is here',
      },
      'Too many files': {
        Type: 'Fail',
        Error: 'TooManyFiles',
        Cause: `More than ${MOST_FILES} files lie in the folder: ask whose server it is to clear it`,
      },
      'See what is here': {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2' },
        Arguments: { Bucket: drop.name, Prefix: files },
        Assign: { wanted: newFiles({ names: pull.files, folder: files, withinDays: FETCHED_WITHIN_DAYS }) },
        Next: 'Fetch',
      },
      Fetch: {
        Type: 'Map',
        Items: `{% $count($wanted) = 0 ? [] : $partition($wanted, ${FILES_OF_ONE_CALL}) %}`,
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Fetch ten',
          States: {
            'Fetch ten': {
              ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:transfer:startFileTransfer' },
              Arguments: {
                ConnectorId: connectorId,
                RetrieveFilePaths: '{% $states.input %}',
                LocalDirectoryPath: `/${drop.name}/${files.slice(0, -1)}`,
              },
              ...retried,
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };
}

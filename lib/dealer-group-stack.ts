import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FileFeed } from '../functions/feeds/file-feed.ts';
import { type FunctionName, lambdas } from '../functions/lambdas.ts';
import { grantAccess, speakers } from './constructs/access.ts';
import { Alarms } from './constructs/alarms.ts';
import { ApiDestinations } from './constructs/api-destinations.ts';
import { BusPolicy } from './constructs/bus-policy.ts';
import { CustomerKey } from './constructs/customer-key.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { DealerBus } from './constructs/dealer-bus.ts';
import { DropBucket } from './constructs/drop-bucket.ts';
import { routeEventsOfTheBus, routeReportsFilesAndClock } from './constructs/event-routes.ts';
import { FileTransport } from './constructs/file-transport.ts';
import { handoffFunctions } from './constructs/handoff-functions.ts';
import { HandoffTable } from './constructs/handoff-table.ts';
import { LedgerBucket } from './constructs/ledger-bucket.ts';
import { LedgerQueries } from './constructs/ledger-queries.ts';
import { LinksApi } from './constructs/links-api.ts';
import { LookUps } from './constructs/look-ups.ts';
import { Mail } from './constructs/mail.ts';
import { outputs } from './constructs/outputs.ts';
import { WebhooksApi } from './constructs/webhooks-api.ts';
import type { GroupSettings } from './group-settings.ts';
import { OPT_OUT_HASHES } from './table-shape.ts';

export interface DealerGroupStackProps {
  readonly group: GroupSettings;
  readonly feeds: readonly FileFeed[];
  /** The bundled code of each function. */
  readonly code: (name: FunctionName) => Code;
}

/** All resources of one dealer group; nothing is shared with another group. */
export class DealerGroupStack extends Stack {
  constructor(scope: Construct, { group, feeds, code }: DealerGroupStackProps) {
    super(scope, `handoff-${group.name}`, {
      description: `Handoffs between Sales and Service of the dealer group ${group.name}`,
      terminationProtection: true,
      tags: { application: 'dealer-handoff', 'dealer-group': group.name },
    });
    const groupName = group.name;

    const bus = new DealerBus(this, 'Bus', { groupName });
    // SES events and schedules arrive on the account's default bus.
    const accountsBus = EventBus.fromEventBusName(this, 'AccountsBus', 'default');
    const table = new HandoffTable(this, 'Table', { existing: group.table?.name });
    const customerKey = new CustomerKey(this, 'CustomerKey', { existing: group.table?.customerKey });
    const mail = new Mail(this, 'Mail', { groupName, sender: group.sender, defaultBus: accountsBus });
    const links = new LinksApi(this, 'Links', { groupName, links: group.links });
    const drop = new DropBucket(this, 'Drop');
    const ledger = new LedgerBucket(this, 'Ledger');
    const queries = new LedgerQueries(this, 'LedgerQueries', { groupName, ledger });
    const webhooks = new WebhooksApi(this, 'Webhooks', { groupName, feeds });
    const lookUps = new LookUps(this, 'LookUps', { asksValue: group.lookUps?.value !== undefined });
    const deadLetters = new DeadLetters(this, 'DeadLetters', { keeperTimeout });
    const functions = handoffFunctions(this, {
      ...{
        groupName,
        code,
        bus,
        table,
        customerKey,
        mail,
        links,
        deadLetters,
        drop,
        ledger,
        queries,
        webhooks,
        lookUps,
      },
    });
    const rules = { functions, deadLetters };
    routeEventsOfTheBus(this, { bus, ...rules });
    const rulesOfDefaultBus = routeReportsFilesAndClock(this, { accountsBus, mail, drop, ...rules });
    links.answerWith('AnswerTask', functions['answer-task']);
    links.answerWith('ShowNumbers', functions['show-numbers']);
    webhooks.answerWith(functions['receive-webhook']);
    deadLetters.keptBy(functions['keep-dead-letters']);
    grantAccess({ functions, table, customerKey, mail, bus, drop, ledger, queries, webhooks, lookUps });
    const roleOf = (name: FunctionName) => functions[name].ownRole;
    new BusPolicy(this, 'BusPolicy', {
      ...{ bus, eventSenders: group.eventSenders },
      ...{ ownRoles: speakers.ownSource.map(roleOf), feedRoles: speakers.feeds.map(roleOf) },
    });
    const files = new FileTransport(this, 'Files', { groupName, drop, feeds: group.feeds ?? [] });
    const { pulls } = files;
    const followers = new ApiDestinations(this, 'ApiDestinations', {
      ...{ groupName, bus, destinations: group.apiDestinations ?? [] },
    });
    const parts = { bus, rulesOfDefaultBus, table, mail, links, deadLetters, functions, pulls, followers };
    const alarms = new Alarms(this, 'Alarms', { groupName, email: group.alarmEmail, parts });
    new Dashboard(this, 'Dashboard', { groupName, functions, table, mail, links });

    outputs(this, {
      BusName: bus.name,
      BusArn: bus.arn,
      ArchiveArn: bus.archive.archiveArn,
      TableName: table.name,
      CustomerKeyArn: customerKey.secretArn,
      OptOutHashes: OPT_OUT_HASHES,
      ConfigurationSet: mail.configurationSetName,
      DropBucket: drop.name,
      LedgerBucket: ledger.name,
      LedgerDatabase: queries.database,
      LedgerWorkGroup: queries.workGroup,
      SftpEndpoint: files.sftpEndpoint,
      ...webhooks.outputs,
      ValueServiceSecret: lookUps.valueKeyArn,
      LinkOrigin: links.origin,
      LinkDomainTarget: links.domainTarget,
      RuleDeadLettersUrl: deadLetters.ofRules.queueUrl,
      FunctionDeadLettersUrl: deadLetters.ofFunctions.queueUrl,
      AlarmTopicArn: alarms.topic.topicArn,
      ...mail.dnsRecords,
    });
  }
}

const keeperTimeout = Duration.seconds(lambdas['keep-dead-letters'].timeoutSeconds);

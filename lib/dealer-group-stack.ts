import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Match, Schedule } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { EnvironmentOf, FunctionName } from '../functions/runtime/environment.ts';
import { Alarms } from './constructs/alarms.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { DealerBus } from './constructs/dealer-bus.ts';
import { EventRoute } from './constructs/event-route.ts';
import { type Exactly, HandoffFunction, type WhenItFails } from './constructs/handoff-function.ts';
import { HandoffTable } from './constructs/handoff-table.ts';
import { LinksApi } from './constructs/links-api.ts';
import { Mail } from './constructs/mail.ts';
import { pascalCase } from './constructs/names.ts';
import { functionSettings } from './functions.ts';
import type { GroupSettings } from './group-settings.ts';
import { type EventHandlerName, OWN_SOURCE, openDetailTypes, routes } from './routes.ts';

export interface DealerGroupStackProps {
  readonly group: GroupSettings;
  /** The bundled code of each function. */
  readonly code: (name: FunctionName) => Code;
}

/** Everything that one dealer group needs, and nothing that it shares with another. */
export class DealerGroupStack extends Stack {
  private readonly props: DealerGroupStackProps;

  constructor(scope: Construct, props: DealerGroupStackProps) {
    const { group } = props;
    super(scope, `handoff-${group.name}`, {
      description: `Handoffs between Sales and Service of the dealer group ${group.name}`,
      tags: { application: 'dealer-handoff', 'dealer-group': group.name },
    });
    this.props = props;

    const bus = new DealerBus(this, 'Bus', { groupName: group.name, eventSenders: group.eventSenders });
    const accountsBus = EventBus.fromEventBusName(this, 'AccountsBus', 'default');
    const table = new HandoffTable(this, 'Table');
    const mail = new Mail(this, 'Mail', {
      groupName: group.name,
      sender: group.sender,
      defaultBus: accountsBus,
    });
    const links = new LinksApi(this, 'Links', { links: group.links });
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      keeperTimeout: Duration.seconds(functionSettings['keep-dead-letters'].timeoutSeconds),
    });

    const forKeeping = { TABLE_NAME: table.name, BUS_NAME: bus.name };
    const forSending = {
      ...forKeeping,
      CONFIGURATION_SET: mail.configurationSetName,
      LINK_ORIGIN: links.origin,
    };
    const retried = {
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      deadLetters: deadLetters.ofFunctions,
    } as const;
    // A sweep that failed is not repeated: the next one finds the same work.
    const notRepeated = { ...retried, retryAttempts: 0, maxEventAge: Duration.minutes(5) } as const;

    const handlers = {
      'introduce-service': this.lambda('introduce-service', forSending, retried),
      'prepare-first-service': this.lambda('prepare-first-service', forSending, retried),
      'review-repair-quote': this.lambda('review-repair-quote', forSending, retried),
      'start-upgrade-conversation': this.lambda('start-upgrade-conversation', forSending, retried),
      'follow-dms': this.lambda('follow-dms', forSending, retried),
    } satisfies Record<EventHandlerName, HandoffFunction>;
    const refuseUnknownEvent = this.lambda('refuse-unknown-event', forKeeping, retried);
    const answerTask = this.lambda('answer-task', forSending);
    const sweepDueWork = this.lambda('sweep-due-work', forSending, notRepeated);
    const settleEmail = this.lambda('settle-email', forSending, retried);
    const keepDeadLetters = this.lambda('keep-dead-letters', forKeeping);

    const whenUndelivered = {
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
      deadLetters: deadLetters.ofRules,
    };
    for (const { detailType, title, to, pattern } of routes) {
      new EventRoute(this, pascalCase(detailType), {
        description: title,
        when: { bus: bus.forRules, pattern },
        to: handlers[to],
        whenUndelivered,
      });
    }
    new EventRoute(this, 'UnknownEvent', {
      description:
        'EventBridge drops what no rule matches: this one catches every event that no contract knows',
      when: {
        bus: bus.forRules,
        pattern: { source: Match.anythingBut(OWN_SOURCE), detailType: Match.anythingBut(...openDetailTypes) },
      },
      to: refuseUnknownEvent,
      whenUndelivered,
    });
    new EventRoute(this, 'EmailReport', {
      description: 'What SES reports about the emails of this dealer group',
      when: { bus: accountsBus, pattern: mail.eventPattern },
      to: settleEmail,
      whenUndelivered,
    });
    new EventRoute(this, 'Clock', {
      description: 'Time to look for work that has become due',
      when: { schedule: Schedule.rate(Duration.minutes(5)) },
      to: sweepDueWork,
      whenUndelivered: { ...whenUndelivered, retryAttempts: 2, maxEventAge: Duration.minutes(5) },
    });
    links.answerWith(answerTask);
    deadLetters.keptBy(keepDeadLetters);

    const senders = [...Object.values(handlers), answerTask, sweepDueWork, settleEmail];
    const keepers = [refuseUnknownEvent, keepDeadLetters];
    for (const sender of senders) {
      table.grantDecisions(sender);
      mail.grantSending(sender);
    }
    for (const keeper of keepers) table.grantKeeping(keeper);
    table.grantMoving(handlers['follow-dms']);
    table.grantQuery(sweepDueWork, 'due', 'open-by-assignee', 'open-by-store');
    table.grantQuery(answerTask, 'open-by-assignee', 'open-by-store');
    bus.admitOnly([...senders, ...keepers].map(({ ownRole }) => ownRole));

    const alarms = new Alarms(this, 'Alarms', {
      groupName: group.name,
      email: group.alarmEmail,
      parts: { bus, table, mail, links, deadLetters, sweepDueWork, functions: [...senders, ...keepers] },
    });

    this.tell({
      BusName: bus.name,
      BusArn: bus.arn,
      ArchiveArn: bus.archive.archiveArn,
      TableName: table.name,
      ConfigurationSet: mail.configurationSetName,
      LinkOrigin: links.origin,
      LinkDomainTarget: links.domainTarget,
      RuleDeadLettersUrl: deadLetters.ofRules.queueUrl,
      FunctionDeadLettersUrl: deadLetters.ofFunctions.queueUrl,
      AlarmTopicArn: alarms.topic.topicArn,
    });
    mail.identity.dkimRecords.forEach(({ name, value }, at) => {
      this.tell({ [`DkimRecord${at + 1}`]: `${name} CNAME ${value}` });
    });
  }

  private lambda<Name extends FunctionName, Given extends EnvironmentOf<Name>>(
    name: Name,
    environment: Exactly<EnvironmentOf<Name>, Given>,
    whenItFails?: WhenItFails,
  ): HandoffFunction {
    const { group, code } = this.props;
    return new HandoffFunction(this, {
      name,
      groupName: group.name,
      code: code(name),
      environment,
      whenItFails,
    });
  }

  private tell(outputs: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }
}

import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, type IEventBus, Match, Schedule } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type FunctionName, lambdas } from '../functions/lambdas.ts';
import type { EnvironmentOf } from '../functions/runtime/read-environment.ts';
import { Alarms } from './constructs/alarms.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { DealerBus } from './constructs/dealer-bus.ts';
import { EventRoute } from './constructs/event-route.ts';
import { type Exactly, HandoffFunction, type WhenItFails } from './constructs/handoff-function.ts';
import { HandoffTable } from './constructs/handoff-table.ts';
import { LinksApi } from './constructs/links-api.ts';
import { Mail } from './constructs/mail.ts';
import { pascalCase } from './constructs/names.ts';
import type { GroupSettings } from './group-settings.ts';
import { OWN_SOURCE, openDetailTypes, routes } from './routes.ts';

export interface DealerGroupStackProps {
  readonly group: GroupSettings;
  /** The bundled code of each function. */
  readonly code: (name: FunctionName) => Code;
}

/** Everything that one dealer group needs, and nothing that it shares with another. */
export class DealerGroupStack extends Stack {
  private readonly bus: DealerBus;
  /** SES reports to the account's default bus, and clocks tick on it. */
  private readonly accountsBus: IEventBus;
  private readonly table: HandoffTable;
  private readonly mail: Mail;
  private readonly links: LinksApi;
  private readonly deadLetters: DeadLetters;
  private readonly functions: Readonly<Record<FunctionName, HandoffFunction>>;

  constructor(scope: Construct, { group, code }: DealerGroupStackProps) {
    super(scope, `handoff-${group.name}`, {
      description: `Handoffs between Sales and Service of the dealer group ${group.name}`,
      tags: { application: 'dealer-handoff', 'dealer-group': group.name },
    });
    const groupName = group.name;
    this.bus = new DealerBus(this, 'Bus', { groupName, eventSenders: group.eventSenders });
    this.accountsBus = EventBus.fromEventBusName(this, 'AccountsBus', 'default');
    this.table = new HandoffTable(this, 'Table');
    this.mail = new Mail(this, 'Mail', { groupName, sender: group.sender, defaultBus: this.accountsBus });
    this.links = new LinksApi(this, 'Links', { links: group.links });
    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      keeperTimeout: timeoutOf('keep-dead-letters'),
    });
    this.functions = this.addFunctions(groupName, code);

    this.routeEventsOfTheBus();
    const rulesOfDefaultBus = this.routeReportsAndClock();
    this.links.answerWith(this.functions['answer-task']);
    this.deadLetters.keptBy(this.functions['keep-dead-letters']);
    this.grantWhatEachNeeds();
    this.tellOperators(this.addAlarms(group, rulesOfDefaultBus));
  }

  private addFunctions(groupName: string, code: DealerGroupStackProps['code']) {
    const forKeeping = { TABLE_NAME: this.table.name, BUS_NAME: this.bus.name };
    const forSending = {
      ...forKeeping,
      CONFIGURATION_SET: this.mail.configurationSetName,
      LINK_ORIGIN: this.links.origin,
    };
    const retried = {
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      deadLetters: this.deadLetters.ofFunctions,
    } as const;
    // A sweep that failed is not repeated: the next one finds the same work.
    const notRepeated = { ...retried, retryAttempts: 0, maxEventAge: Duration.minutes(5) } as const;

    const lambda = <Name extends FunctionName, Given extends EnvironmentOf<Name>>(
      name: Name,
      environment: Exactly<EnvironmentOf<Name>, Given>,
      whenItFails?: WhenItFails,
    ) => new HandoffFunction(this, { name, groupName, code: code(name), environment, whenItFails });

    return {
      'introduce-service': lambda('introduce-service', forSending, retried),
      'prepare-first-service': lambda('prepare-first-service', forSending, retried),
      'review-repair-quote': lambda('review-repair-quote', forSending, retried),
      'start-upgrade-conversation': lambda('start-upgrade-conversation', forSending, retried),
      'follow-dms': lambda('follow-dms', forSending, retried),
      'refuse-unknown-event': lambda('refuse-unknown-event', forKeeping, retried),
      'answer-task': lambda('answer-task', forSending),
      'sweep-due-work': lambda('sweep-due-work', forSending, notRepeated),
      'settle-email': lambda('settle-email', forSending, retried),
      'keep-dead-letters': lambda('keep-dead-letters', forKeeping),
    };
  }

  private get whenUndelivered() {
    return { retryAttempts: 185, maxEventAge: Duration.hours(24), deadLetters: this.deadLetters.ofRules };
  }

  private routeEventsOfTheBus(): void {
    const { whenUndelivered } = this;
    const bus = this.bus.forRules;
    for (const { detailType, title, to, pattern } of routes) {
      new EventRoute(this, pascalCase(detailType), {
        description: title,
        when: { bus, pattern },
        to: this.functions[to],
        whenUndelivered,
      });
    }
    new EventRoute(this, 'UnknownEvent', {
      description:
        'EventBridge drops what no rule matches: this one catches every event that no contract knows',
      when: {
        bus,
        pattern: { source: Match.anythingBut(OWN_SOURCE), detailType: Match.anythingBut(...openDetailTypes) },
      },
      to: this.functions['refuse-unknown-event'],
      whenUndelivered,
    });
  }

  private routeReportsAndClock(): readonly EventRoute[] {
    const { whenUndelivered } = this;
    const reports = new EventRoute(this, 'EmailReport', {
      description: 'What SES reports about the emails of this dealer group',
      when: { bus: this.accountsBus, pattern: this.mail.eventPattern },
      to: this.functions['settle-email'],
      whenUndelivered,
    });
    const clock = new EventRoute(this, 'Clock', {
      description: 'Time to look for work that has become due',
      when: { schedule: Schedule.rate(Duration.minutes(5)) },
      to: this.functions['sweep-due-work'],
      whenUndelivered: { ...whenUndelivered, retryAttempts: 2, maxEventAge: Duration.minutes(5) },
    });
    return [reports, clock];
  }

  private grantWhatEachNeeds(): void {
    const { table, mail, bus, functions } = this;
    const keepers = [functions['refuse-unknown-event'], functions['keep-dead-letters']];
    const senders = Object.values(functions).filter((one) => !keepers.includes(one));
    for (const sender of senders) {
      table.grantDecisions(sender);
      mail.grantSending(sender);
    }
    for (const keeper of keepers) table.grantKeeping(keeper);
    table.grantHistory(functions['follow-dms']);
    table.grantQuery(functions['sweep-due-work'], 'due', 'open-by-assignee', 'open-by-store');
    table.grantQuery(functions['answer-task'], 'open-by-assignee', 'open-by-store');
    bus.admitOnly(Object.values(functions).map(({ ownRole }) => ownRole));
  }

  private addAlarms(group: GroupSettings, rulesOfDefaultBus: readonly EventRoute[]): Alarms {
    const { bus, table, mail, links, deadLetters, functions } = this;
    return new Alarms(this, 'Alarms', {
      groupName: group.name,
      email: group.alarmEmail,
      parts: {
        bus,
        rulesOfDefaultBus,
        table,
        mail,
        links,
        deadLetters,
        sweepDueWork: functions['sweep-due-work'],
        functions: Object.values(functions),
      },
    });
  }

  private tellOperators({ topic }: Alarms): void {
    const { bus, table, mail, links, deadLetters } = this;
    const outputs: Record<string, string | undefined> = {
      BusName: bus.name,
      BusArn: bus.arn,
      ArchiveArn: bus.archive.archiveArn,
      TableName: table.name,
      ConfigurationSet: mail.configurationSetName,
      LinkOrigin: links.origin,
      LinkDomainTarget: links.domainTarget,
      RuleDeadLettersUrl: deadLetters.ofRules.queueUrl,
      FunctionDeadLettersUrl: deadLetters.ofFunctions.queueUrl,
      AlarmTopicArn: topic.topicArn,
      ...mail.dkimRecords,
    };
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }
}

function timeoutOf(name: FunctionName): Duration {
  return Duration.seconds(lambdas[name].timeoutSeconds);
}

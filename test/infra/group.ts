import type { GroupSettings } from '../../lib/group-settings.ts';

/** A dealer group for tests of the stack, with everything that a group may leave out. */
export const lakeshore = {
  name: 'lakeshore',
  sender: { domain: 'mail.example.com', fromAddress: 'handoff@mail.example.com' },
  eventSenders: [{ arn: 'arn:aws:iam::111122223333:role/dms-adapter', sources: ['dms.cdk', 'dms.tekion'] }],
  links: {
    origin: 'https://handoff.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
  },
  alarmEmail: 'operations@example.com',
} as const satisfies GroupSettings;

/** The same group, whose CRM follows its events. */
export const followed = {
  ...lakeshore,
  apiDestinations: [
    {
      name: 'crm',
      url: 'https://api.crm.example/events',
      header: 'x-api-key',
      secretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:crm-key-AbCdEf',
      events: ['handoff-task-created', 'handoff-task-completed'],
      stores: ['lakeshore-honda'],
      perSecond: 10,
    },
  ],
} as const satisfies GroupSettings;

/** The same group with nothing that it may leave out. */
export const plain: GroupSettings = {
  name: lakeshore.name,
  sender: lakeshore.sender,
  eventSenders: lakeshore.eventSenders,
};

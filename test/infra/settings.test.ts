import { describe, expect, it, test } from 'vitest';
import { parseGroup } from '../../functions/group/group-file.ts';
import demo from '../../groups/demo.json' with { type: 'json' };
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';

const arn = 'arn:aws:iam::111122223333:role/dms-adapter';
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000';
const [first] = demo.eventSenders;
const sender = { ...first };

const mistakes: [setting: object, message: string][] = [
  [{ eventSenders: [{ arn }] }, 'eventSenders[0].sources: expected a list, but it is missing'],
  [{ eventSenders: [{ arn, sources: [] }] }, 'eventSenders[0].sources: expected a list with at least one'],
  [
    { eventSenders: [{ arn, sources: ['dms cdk'] }] },
    "eventSenders[0].sources[0]: expected the source of events, such as 'dms.cdk', or the beginning of several",
  ],
  [
    { eventSenders: [{ arn, sources: ['dms.cdk', 'handoff'] }] },
    "eventSenders[0].sources[1]: expected a source of a sender's own, 'handoff' is not",
  ],
  [
    { eventSenders: [{ arn, sources: ['aws.ses'] }] },
    "eventSenders[0].sources[0]: expected a source of a sender's own, 'aws.ses' is not",
  ],
  [
    { eventSenders: [{ arn, sources: ['dms.cdk'], stores: ['lakeshore-kia'] }] },
    'eventSenders[0].stores[0]: expected the id of a store of this file',
  ],
  [{ eventSenders: [sender, sender] }, 'eventSenders[1].arn: expected each principal once'],
  [
    { eventSenders: [{ arn: 'arn:aws:iam::111122223333:root', sources: ['dms.x'] }, sender] },
    'eventSenders[1].arn: expected no principal of an account that stands as a whole, …:root',
  ],
  [{ links: { certificateArn } }, 'links.certificateArn: expected links.origin beside it'],
  [
    { links: { origin: 'https://a.example', alsoAnswers: [{ host: 'a.example', certificateArn }] } },
    'links.alsoAnswers[0].host: expected each host once, a.example stands twice',
  ],
  [
    { links: { alsoAnswers: [{ host: 'https://a.example', certificateArn }] } },
    "links.alsoAnswers[0].host: expected a host such as 'handoff.example.com'",
  ],
  [
    { sender: { ...demo.sender, mailFrom: 'bounce.other.example' } },
    "sender.mailFrom: expected a subdomain of sender.domain, '….lakeshore.example'",
  ],
  [
    { sender: { ...demo.sender, identity: 'existing', mailFrom: 'bounce.lakeshore.example' } },
    "sender.mailFrom: expected nothing where sender.identity is 'existing'",
  ],
  [
    { region: 'us-west-2', links: { origin: 'https://a.example', certificateArn } },
    'links.certificateArn: expected a certificate of the region us-west-2, got one of us-east-1',
  ],
  [
    { region: 'us-west-2', links: { alsoAnswers: [{ host: 'b.example', certificateArn }] } },
    'links.alsoAnswers[0].certificateArn: expected a certificate of the region us-west-2, got one of us-east-1',
  ],
  [{ account: '1234' }, 'account: expected the twelve digits of an AWS account'],
  [{ region: 'Ohio' }, "region: expected an AWS region such as 'us-east-2'"],
  [{ table: { name: 'a b' } }, 'table.name: expected the name of a DynamoDB table'],
];

test.each(mistakes)('%j is refused with the path and what was expected', (setting, message) => {
  expect(() => parseGroup({ ...demo, ...setting })).toThrow(`\n  ${message}`);
});

describe('a group that leaves out what it may', () => {
  const group = readGroupFile(DEMO_GROUP);

  it('makes its own identity, names no account and no table, and prints a DMARC record that asks for nothing', () => {
    expect(group.sender).toMatchObject({ identity: 'created', dmarc: { policy: 'none' } });
    expect([group.account, group.region, group.table, group.links]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('may switch its domain off and keep a former one', () => {
    const alsoAnswers = [{ host: 'handoff.lakeshore.example', certificateArn }];
    expect(parseGroup({ ...demo, links: { alsoAnswers } }).links).toEqual({ alsoAnswers });
  });
});

import { expect, it } from 'vitest';
import * as z from 'zod';
import { factColumns } from '../../functions/numbers/facts-table.ts';
import { lakeshore } from './group.ts';
import { ofType, statementsOf, synthesize, theOnly } from './synthesized.ts';

const { template } = synthesize(lakeshore);
const input = z
  .object({
    TableInput: z.looseObject({ StorageDescriptor: z.looseObject({ Columns: z.array(z.unknown()) }) }),
  })
  .parse(theOnly(template, 'AWS::Glue::Table')).TableInput;

it('the month files are a table with a column for each field of a fact, wherever a group is deployed', () => {
  const { Columns, ...descriptor } = input.StorageDescriptor;
  expect(Columns).toHaveLength(Object.keys(factColumns).length);
  expect(Columns).toContainEqual({ Name: 'storeid', Type: 'string' });
  expect(Columns).toContainEqual({ Name: 'minutes', Type: 'bigint' });
  expect(Columns).toContainEqual({ Name: 'stands', Type: 'boolean' });
  expect(Columns).toContainEqual({ Name: 'salespeople', Type: 'array<string>' });
  expect(JSON.stringify(descriptor)).toContain('/ledger/"');
  expect(descriptor).toMatchObject({
    SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
  });
});

it('a query reads no more than its limit, and its result is encrypted and gone within a week', () => {
  expect(theOnly(template, 'AWS::Athena::WorkGroup')).toMatchObject({
    Name: 'handoff-lakeshore',
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 107_374_182_400,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    },
  });
  const rules = JSON.stringify(ofType(template, 'AWS::S3::Bucket'));
  expect(rules).toContain('{"ExpirationInDays":7,"Prefix":"results/","Status":"Enabled"}');
  expect(rules).not.toContain('"Prefix":"ledger/"');
  expect(rules).not.toContain('"Prefix":"numbers/"');
});

it('one function asks, with this work group, this table and its own folders of the bucket', () => {
  const asking = ofType(template, 'AWS::IAM::Policy').filter(([, one]) =>
    JSON.stringify(one.Properties).includes('athena:'),
  );
  expect(asking).toHaveLength(1);
  const statements = asking.flatMap(([, one]) => statementsOf(one.Properties['PolicyDocument']));
  const placesOf = (action: string) =>
    statements
      .filter(({ Action }) => Action.includes(action))
      .map(({ Resource }) =>
        JSON.stringify(Resource).match(
          /[:/](?:workgroup|catalog|database|table|ledger|results|numbers)[^"]*/g,
        ),
      );
  expect(placesOf('athena:StartQueryExecution')).toEqual([[':workgroup/handoff-lakeshore']]);
  expect(placesOf('glue:GetTable')).toEqual([
    [':catalog', ':database/default', ':database/handoff_lakeshore', ':table/handoff_lakeshore/ledger'],
  ]);
  expect(placesOf('s3:PutObject').flat()).toEqual(['/results/*', '/numbers/*']);
  expect(placesOf('s3:GetObject').flat()).toEqual(['/ledger/*', '/results/*']);
});

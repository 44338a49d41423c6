import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lakeshore } from './group.ts';
import { arnOf, ofType, synthesize } from './synthesized.ts';

const { template } = synthesize(lakeshore);
const functions = ofType(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => ({
  id,
  name: String(Properties['FunctionName']).replace('handoff-lakeshore-', ''),
}));
const targets = z.array(z.looseObject({ Arn: z.unknown() }));
const clocks = ofType(template, 'AWS::Events::Rule')
  .filter(([, { Properties }]) => 'ScheduleExpression' in Properties)
  .flatMap(([, { Properties }]) => targets.parse(Properties['Targets']));

function calledByClock(called: string) {
  const { id } = functions.find(({ name }) => name === called) ?? expect.fail(`no function ${called}`);
  const target = clocks.find(({ Arn }) => same(Arn, arnOf(id))) ?? expect.fail(`no clock calls ${called}`);
  const [, config] =
    ofType(template, 'AWS::Lambda::EventInvokeConfig').find(([, { Properties }]) =>
      same(Properties['FunctionName'], { Ref: id }),
    ) ?? expect.fail(`${called} is tried as Lambda likes`);
  return { id, target, whenItFails: config.Properties };
}
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const alarmOf = (name: string) =>
  ofType(template, 'AWS::CloudWatch::Alarm').find(
    ([, { Properties }]) => Properties['AlarmName'] === `handoff-lakeshore-${name}`,
  )?.[1].Properties ?? expect.fail(`no alarm ${name}`);
const queueOf = (part: string) =>
  arnOf(ofType(template, 'AWS::SQS::Queue').find(([id]) => id.includes(part))?.[0] ?? expect.fail(part));

/** The next tick comes too late for what this one was for: it is kept, and the list that alarms lead to has it. */
const kept = ['count-numbers'];
/** The next tick does the same work: nothing is kept, and an alarm of its own says so. `ticks` come in its time. */
const repeated = [
  { name: 'sweep-due-work', alarm: 'sweep-crashing', minutes: 15, ticks: 3 },
  { name: 'write-ledger', alarm: 'night-failed', minutes: 60, ticks: 1 },
];

describe('a tick of a clock that failed', () => {
  it('is thought of for every function that a clock calls', () => {
    const called = functions.filter(({ id }) => clocks.some(({ Arn }) => same(Arn, arnOf(id))));
    expect(called.map(({ name }) => name).toSorted()).toEqual(
      [...kept, ...repeated.map(({ name }) => name)].toSorted(),
    );
    expect(called).toHaveLength(clocks.length);
  });

  it.each(kept)('is kept where the next one comes too late: %s', (name) => {
    const { target, whenItFails } = calledByClock(name);
    expect(target).toMatchObject({ DeadLetterConfig: { Arn: queueOf('OfRules') } });
    expect(whenItFails).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: queueOf('OfFunctions') } },
    });
  });

  it.each(repeated)('rings an alarm of its own where the next does its work: $name', (one) => {
    const { id, target, whenItFails } = calledByClock(one.name);
    expect([target['DeadLetterConfig'], whenItFails['DestinationConfig']]).toEqual([undefined, undefined]);
    const alarm = alarmOf(one.alarm);
    expect(alarm).toMatchObject({
      ...{ MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: { Ref: id } }] },
      Period: one.minutes * 60,
    });
    expect(alarm['Threshold']).toBeLessThanOrEqual(one.ticks);
    expect(alarm['AlarmDescription']).toMatch(/What to do: .*[Tt]he next (complete sweep|night) /);
    expect(alarm['AlarmDescription']).not.toMatch(/npm run (redrive|dead-letters (shows|lists))/);
  });
});

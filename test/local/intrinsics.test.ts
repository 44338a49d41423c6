import { describe, expect, it } from 'vitest';
import { evaluateCondition, type Lookup, resolve } from '../../local/emulator/stack/intrinsics.ts';

const lookup: Lookup = {
  stackName: 'Demo',
  ref: (id) => `ref-${id}`,
  attribute: (id, name) => `${id}/${name}`,
  condition: (name) => name === 'Yes',
};

describe('functions in a template', () => {
  it.each([
    ['Ref', { Ref: 'Table' }, 'ref-Table'],
    ['a pseudo parameter', { Ref: 'AWS::StackName' }, 'Demo'],
    ['GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    ['Join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 7]] }, 'arn:aws:7'],
    ['Join over Split', { 'Fn::Join': ['-', { 'Fn::Split': ['/', 'a/b'] }] }, 'a-b'],
    ['Select', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [
      'Sub',
      { 'Fn::Sub': `\${AWS::Region} \${Table} \${Table.Arn} \${!Kept}` },
      `us-east-1 ref-Table Table/Arn \${Kept}`,
    ],
    ['Sub with its own names', { 'Fn::Sub': [`\${A}!`, { A: { Ref: 'X' } }] }, 'ref-X!'],
    ['If', { 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
    ['NoValue in an object', { a: 1, b: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] } }, { a: 1 }],
    ['NoValue in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
    ['what only looks like one', { Ref: 'a', other: 1 }, { Ref: 'a', other: 1 }],
  ])('%s', (_name, value, expected) => {
    expect(resolve(value, lookup)).toEqual(expected);
  });

  it.each([
    [{ 'Fn::ImportValue': 'x' }, /Fn::ImportValue/],
    [{ Ref: 'AWS::Nonsense' }, /AWS::Nonsense/],
    [{ 'Fn::Select': [5, ['a']] }, /selects nothing/],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, /needs a string/],
  ])('refuses %j', (value, message) => {
    expect(() => resolve(value, lookup)).toThrow(message);
  });

  it('evaluates conditions', () => {
    const equals = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] };
    expect(evaluateCondition(equals, lookup)).toBe(true);
    expect(evaluateCondition({ 'Fn::Not': [equals] }, lookup)).toBe(false);
    expect(evaluateCondition({ 'Fn::And': [equals, { Condition: 'Yes' }] }, lookup)).toBe(true);
    expect(evaluateCondition({ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Not': [equals] }] }, lookup)).toBe(
      false,
    );
  });
});

const valueTypes = new Set(['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL']);

/** Members of nested structures, where null means that the member is left out. */
const structureMembers = new Set([
  ...['Keys', 'AttributesToGet', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames'],
  ...['PutRequest', 'DeleteRequest', 'Item', 'Key', 'AttributeValueList', 'ComparisonOperator'],
  ...['Value', 'Exists', 'Action', 'NonKeyAttributes', 'Projection', 'ProvisionedThroughput'],
]);

const mostLevels = 32;

/** DynamoDB's own error text. */
const emptyValue = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const tooDeep =
  'Nesting Levels have exceeded supported limits: Attributes have nested levels beyond supported limit';

function problemIn(value: unknown, level: number, isTop: boolean): string | undefined {
  if (level > mostLevels) return tooDeep;
  if (Array.isArray(value)) {
    for (const inner of value) {
      const problem = inner === null ? emptyValue : problemIn(inner, level, false);
      if (problem) return problem;
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const isValue = entries.every(([key]) => valueTypes.has(key));
  for (const [key, inner] of entries) {
    if (inner === null && (isTop || isValue || structureMembers.has(key))) continue;
    if (inner === null) return emptyValue;
    const problem = problemIn(inner, isValue ? level + 1 : level, false);
    if (problem) return problem;
  }
  return undefined;
}

/** Why DynamoDB refuses a body because of nulls or nesting; undefined if it does not. */
export const nullProblem = (body: object): string | undefined => problemIn(body, 0, true);

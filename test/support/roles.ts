import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { FunctionName } from '../../functions/lambdas.ts';
import { type Access, access } from '../../lib/access.ts';

interface Reach {
  readonly action: keyof Access;
  /** The partition key, or the name of an index. */
  readonly what: string;
}

/** The items that a call asks for. */
export function reachesOf(command: object): Reach[] {
  if (!(command instanceof BatchGetItemCommand)) return [reachOf(command)];
  const keys = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);
  return keys.map((key) => ({ action: 'readsTogether', what: key['pk']?.S ?? '' }));
}

function reachOf(command: object): Reach {
  if (command instanceof GetItemCommand) return { action: 'reads', what: command.input.Key?.['pk']?.S ?? '' };
  if (command instanceof PutItemCommand)
    return { action: 'writes', what: command.input.Item?.['pk']?.S ?? '' };
  if (command instanceof UpdateItemCommand)
    return { action: 'updates', what: command.input.Key?.['pk']?.S ?? '' };
  if (command instanceof DeleteItemCommand)
    return { action: 'deletes', what: command.input.Key?.['pk']?.S ?? '' };
  if (!(command instanceof QueryCommand)) throw new Error(`No role allows ${command.constructor.name}`);
  const { IndexName, ExpressionAttributeValues } = command.input;
  return IndexName === undefined
    ? { action: 'queries', what: ExpressionAttributeValues?.[':pk']?.S ?? '' }
    : { action: 'indexes', what: IndexName };
}

/** As IAM reads `dynamodb:LeadingKeys` with StringLike. */
export const isAllowed = (allowed: Access, { action, what }: Reach) =>
  [...(allowed[action] ?? []), ...(action === 'queries' ? allowed.reads : [])].some((entry) =>
    entry.endsWith('*') ? what.startsWith(entry.slice(0, -1)) : what === entry,
  );

/** A call that AWS would refuse, because the function's role does not allow it. */
class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

export function refuseBeyondRole(name: FunctionName, command: object): void {
  for (const reach of reachesOf(command)) {
    if (!isAllowed(access[name], reach))
      throw new NotAllowed(`The role of ${name} does not allow it: ${reach.action} ${reach.what}`);
  }
}

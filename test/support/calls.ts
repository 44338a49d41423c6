import { Readable } from 'node:stream';
import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import type { FunctionName } from '../../functions/lambdas.ts';
import { refuseBeyondRole } from './roles.ts';
import { standIn } from './stand-in.ts';

/** The invocation's process is gone: from this call on, nothing of it happens any more. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

interface Aws {
  readonly email: (input: SendEmailCommandInput) => string;
  readonly event: (source: string, detailType: string, detail: unknown) => void;
  readonly wrote: (item: Record<string, AttributeValue>) => void;
  /** Undefined if there is no such object. */
  readonly object: (key: string, etag: string) => StoredFile | undefined;
}

/** An object in the bucket. */
export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly modifiedAt: string;
}

/** Where a test wants an invocation to stop: at its n-th call, before or after that call took effect. */
interface Stop {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/**
 * AWS's edge: every call of our code to an SDK client's `send` comes through here, is counted and listed, and may be
 * made to fail or to be the last that the invocation ever makes.
 */
export class Calls {
  readonly made: string[] = [];
  /** The parts of objects that were asked for. */
  readonly ranges: string[] = [];
  /** What SES answers instead of accepting, per call; the last one stays. Undefined accepts. */
  sesAnswers: (Error | 'accept, then time out' | undefined)[] = [];
  #stop: Stop | undefined;
  readonly #dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly #aws: Aws;

  constructor(dynamodb: Pick<DynamoDBClient, 'send'>, aws: Aws) {
    this.#dynamodb = dynamodb;
    this.#aws = aws;
  }

  reset(): void {
    this.made.length = 0;
    this.ranges.length = 0;
    this.sesAnswers = [];
    this.#stop = undefined;
  }

  /** Stops whichever invocation makes the n-th call from now (0 is the next). True once it did. */
  stopAt(call: number, when: Stop['when']): () => boolean {
    this.#stop = { call: this.made.length + call, when };
    return () => this.#stop === undefined;
  }

  /** With a function's name, what its role does not allow is refused, as AWS does. */
  invocation(of?: FunctionName) {
    const life = { stopped: false };
    const through = async <T>(name: string, effect: () => Promise<T> | T): Promise<T> => {
      if (life.stopped) throw new Stopped();
      const at = this.made.length;
      this.made.push(name);
      const stop = this.#stop?.call === at ? this.#stop : undefined;
      if (stop) {
        this.#stop = undefined;
        life.stopped = true;
      }
      if (stop?.when === 'before') throw new Stopped();
      const answer = await effect();
      if (stop?.when === 'after') throw new Stopped();
      return answer;
    };
    return {
      dynamodb: this.#dynamo(through, of),
      ses: this.#ses(through),
      eventbridge: this.#eventBridge(through),
      s3: this.#s3(through),
    };
  }

  #dynamo(through: Through, of: FunctionName | undefined): Pick<DynamoDBClient, 'send'> {
    return standIn<DynamoDBClient>((command) =>
      through(command.constructor.name, async () => {
        if (of !== undefined) refuseBeyondRole(of, command);
        const answer = await Reflect.apply(this.#dynamodb.send, this.#dynamodb, [command]);
        if (command instanceof PutItemCommand) this.#aws.wrote(command.input.Item ?? {});
        return answer;
      }),
    );
  }

  #s3(through: Through): Pick<S3Client, 'send'> {
    return standIn<S3Client>((command) =>
      through(command.constructor.name, () => {
        if (!(command instanceof GetObjectCommand)) throw new Error('expected GetObject');
        const { Key = '', IfMatch = '', Range } = command.input;
        const found = this.#aws.object(Key, IfMatch.replaceAll('"', ''));
        if (!found) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
        return {
          Body: Readable.from(inPieces(this.#range(found, Range))),
          LastModified: new Date(found.modifiedAt),
        };
      }),
    );
  }

  #range({ bytes }: StoredFile, range: string | undefined): Uint8Array {
    if (range === undefined) return bytes;
    this.ranges.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
    if (from < bytes.length) return bytes.subarray(from);
    throw new S3ServiceException({
      ...{ name: 'InvalidRange', message: 'not satisfiable', $fault: 'client' },
      $metadata: { httpStatusCode: 416 },
    });
  }

  #ses(through: Through): Pick<SESv2Client, 'send'> {
    return standIn<SESv2Client>((command) =>
      through('SendEmailCommand', () => {
        if (!(command instanceof SendEmailCommand)) throw new Error('expected SendEmail');
        const answer = this.sesAnswers.length > 1 ? this.sesAnswers.shift() : this.sesAnswers[0];
        if (answer instanceof Error) throw answer;
        const MessageId = this.#aws.email(command.input);
        if (answer === 'accept, then time out') throw new Error('TimeoutError');
        return { MessageId };
      }),
    );
  }

  #eventBridge(through: Through): Pick<EventBridgeClient, 'send'> {
    return standIn<EventBridgeClient>((command) =>
      through('PutEventsCommand', () => {
        if (!(command instanceof PutEventsCommand)) throw new Error('expected PutEvents');
        const entries = command.input.Entries ?? [];
        for (const { Source = '', DetailType = '', Detail = '{}' } of entries) {
          this.#aws.event(Source, DetailType, JSON.parse(Detail));
        }
        return { FailedEntryCount: 0, Entries: entries.map((_entry, at) => ({ EventId: `put-${at}` })) };
      }),
    );
  }
}

/** As a network brings it: lines and letters are cut anywhere. */
function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
const PIECE = 1000;

type Through = <T>(name: string, effect: () => Promise<T> | T) => Promise<T>;

import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { numbersCounted } from '../../functions/contracts/numbers-counted.ts';
import { writeWeek } from '../../functions/lambdas/report-week/report-week.ts';
import { showNumbers } from '../../functions/lambdas/show-numbers/show-numbers.ts';
import { numbersFileOf, type StoreNumbers, textOfNumbers } from '../../functions/numbers/store-numbers.ts';
import { on, passOn } from '../../functions/runtime/on-events.ts';
import { reportingServices } from '../../functions/runtime/reporting-services.ts';
import { lambdaContext } from '../support/lambda-context.ts';
import { standIn } from '../support/stand-in.ts';
import type { World } from '../support/world.ts';

/** The functions of the weekly report over a world's table, and over numbers in a bucket. */
export class Monday {
  readonly #world: World;
  readonly #files = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The weekly job keeps what it counted. */
  keep(numbers: Iterable<StoreNumbers>): void {
    for (const one of numbers) this.#files.set(numbersFileOf(one.storeId), textOfNumbers(one));
  }

  #services() {
    const { dynamodb, tableName } = this.#world.target();
    const s3 = standIn<S3Client>(async (command) => {
      if (!(command instanceof GetObjectCommand)) throw new Error('not asked of S3');
      const text = this.#files.get(command.input.Key ?? '');
      if (text === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
      return { Body: { transformToString: async () => text } };
    });
    const given = { clock: { now: () => this.#world.now }, dynamodb, s3, group: this.#world.group };
    return reportingServices({ TABLE_NAME: tableName, NUMBERS_BUCKET: 'ledger' }, given);
  }

  /** The job tells that a store's numbers are counted, or those of the group. */
  async counted(storeId?: string): Promise<unknown> {
    const event = {
      ...{ id: 'counted', source: 'dealer-handoff', 'detail-type': 'numbers-counted', time: this.#world.now },
      detail: {
        ...{ version: 1, week: '2026-11-16', occurredAt: this.#world.now },
        ...(storeId === undefined ? {} : { storeId }),
      },
    };
    const heard = passOn(() => this.#services(), [on(numbersCounted, writeWeek)]);
    return heard(event, lambdaContext);
  }

  /** Somebody opens a link of the report. */
  async open(url: string, method = 'GET') {
    const { reply } = await showNumbers(this.#services(), { method, path: new URL(url).pathname });
    return { status: reply.statusCode, headers: reply.headers, body: reply.body };
  }
}

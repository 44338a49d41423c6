import { describeProblems } from '../../contracts/contract.ts';
import type { Keyed } from '../../customers/identity.ts';
import type { CustomerKey } from '../../customers/ports.ts';
import { type Compared, compare, type KnownFact } from '../../feeds/compare.ts';
import { contentOf, type FeedFact, feedFact, knownUntil } from '../../feeds/fact.ts';
import type { FileFeed } from '../../feeds/file-feed.ts';
import type { FileReceipt, Progress } from '../../feeds/file-receipt.ts';
import type { Judged, JudgedUpTo, RecordName } from '../../feeds/judge-file.ts';
import type { FactToKeep, FeedBus, FeedFacts, RefusedRows } from '../../feeds/ports.ts';
import type { ReadUpTo } from '../../feeds/record.ts';
import { localDate } from '../../group/business-time.ts';
import { sourceOnBus } from '../../group/feed-settings.ts';
import { findStore, type Group } from '../../group/group.ts';
import type { Clock } from '../../ports.ts';

export interface SendingServices {
  readonly clock: Clock;
  readonly group: Group;
  readonly facts: FeedFacts;
  readonly refusedRows: RefusedRows;
  readonly bus: FeedBus;
  readonly customerKey: CustomerKey;
}

/** The most items that DynamoDB reads in one call. */
export const TOGETHER = 100;
const MOST_REFUSALS_KEPT = 500;

/** Whether later files that were read before have the record, too. `isKnown`: a version of it was sent or noted. */
export type HasNewer = (name: RecordName, isKnown: boolean) => boolean;

interface Weighed {
  readonly fact: FeedFact;
  readonly hash: string;
  readonly compared: Compared;
}

/** Sends what is new in a file. Sending something twice changes nothing; not sending it would lose it. */
export class Changes {
  progress: Progress;
  readonly #services: SendingServices;
  readonly #feed: FileFeed;
  readonly #receipt: FileReceipt;
  readonly #hasNewer: HasNewer;
  readonly #keyed: Keyed;
  /** The reasons why rows of earlier files were refused, by row key. */
  readonly #refused: Map<string, string>;

  private constructor(
    services: SendingServices,
    feed: FileFeed,
    receipt: FileReceipt,
    known: {
      readonly keyed: Keyed;
      readonly refused: ReadonlyMap<string, string>;
      readonly hasNewer: HasNewer;
    },
  ) {
    this.#services = services;
    this.#feed = feed;
    this.#receipt = receipt;
    this.#hasNewer = known.hasNewer;
    this.#keyed = known.keyed;
    this.#refused = new Map(known.refused);
    this.progress = receipt.progress;
  }

  static async of(
    services: SendingServices,
    feed: FileFeed,
    receipt: FileReceipt,
    hasNewer: HasNewer,
  ): Promise<Changes> {
    const refused = await services.refusedRows.of(feed.name);
    return new Changes(services, feed, receipt, {
      ...{ keyed: await services.customerKey.read(), refused, hasNewer },
    });
  }

  /** Sends up to {@link TOGETHER} records, in the order of the file. */
  async send(records: readonly JudgedUpTo[]): Promise<void> {
    const weighed = await this.#weigh(records);
    const sent = weighed.flatMap(({ compared }) =>
      compared.is === 'sent' && !compared.isDone ? [compared.fact] : [],
    );
    await this.#put(sent);
    // Stored after the bus accepted them: a run that is killed in between sends them again.
    await this.#services.facts.keep(this.#feed.name, lastOfEach(weighed.flatMap((one) => this.#kept(one))));
    await this.#noteRefusals(records);
    for (const { fact, compared } of weighed) this.#count(fact, compared);
    const { row, upTo } = this.progress;
    this.progress = { ...this.progress, row: records.at(-1)?.row ?? row, upTo: lastByteOf(records) ?? upTo };
  }

  /** Sends the ends of missing records. Once an end is stored, the next run does not send it again. */
  async end(facts: readonly FeedFact[]): Promise<void> {
    for (let at = 0; at < facts.length; at += TOGETHER) {
      const together = facts.slice(at, at + TOGETHER);
      await this.#put(together);
      const { file } = this.#receipt;
      const kept = together.map((fact) => toKeep(fact, { hash: this.#hashOf(fact), asOf: fact.asOf, file }));
      await this.#services.facts.keep(this.#feed.name, kept);
      for (const { detailType } of together)
        this.progress = { ...this.progress, ended: plusOne(this.progress.ended, detailType) };
    }
  }

  #put(facts: readonly FeedFact[]): Promise<void> {
    const source = sourceOnBus(this.#feed.source.name);
    return this.#services.bus.put(facts.map(({ detailType, detail }) => ({ source, detailType, detail })));
  }

  #hashOf = (fact: FeedFact): string => this.#keyed(['feed fact', contentOf(fact)]);

  async #weigh(records: readonly Judged[]): Promise<readonly Weighed[]> {
    const named = records.flatMap((name) =>
      name.mapped.kind === 'event' ? [{ name, fact: feedFact(name.key, name.mapped) }] : [],
    );
    const known = new Map(
      await this.#services.facts.read(
        this.#feed.name,
        named.map(({ fact }) => fact.id),
      ),
    );
    return named.map(({ name, fact }) => {
      const hash = this.#hashOf(fact);
      const before = known.get(fact.id);
      const isSuperseded = this.#hasNewer(name, before !== undefined);
      const compared = compare(fact, hash, before, { ...this.#reading(fact), isSuperseded });
      const kept = keptVersion(fact, hash, compared, this.#receipt.file);
      // The same number may occur again further down in the file.
      if (kept) known.set(fact.id, kept);
      return { fact, hash, compared };
    });
  }

  #reading({ storeId }: FeedFact) {
    const { file, isHistory, modifiedAt } = this.#receipt;
    const timeZone = findStore(this.#services.group, storeId)?.timeZone ?? 'UTC';
    const hasOwnInstant = this.#feed.source.stamp.column !== undefined;
    return { file, isHistory, hasOwnInstant, today: localDate(timeZone, modifiedAt) };
  }

  #kept({ fact, hash, compared }: Weighed): readonly FactToKeep[] {
    const known = keptVersion(fact, hash, compared, this.#receipt.file);
    return known ? [toKeep(fact, known)] : [];
  }

  #count({ detailType }: FeedFact, compared: Compared): void {
    const { sent, unchanged, passedOver } = this.progress;
    if (compared.is === 'sent') this.progress = { ...this.progress, sent: plusOne(sent, detailType) };
    else if (compared.is === 'unchanged') this.progress = { ...this.progress, unchanged: unchanged + 1 };
    else this.progress = { ...this.progress, passedOver: plusOne(passedOver, compared.because) };
  }

  /** Keeps a refused row once, and takes it off the list when it comes again and is good. */
  async #noteRefusals(records: readonly Judged[]): Promise<void> {
    for (const record of records.filter((one) => !this.#hasNewer(one, true))) {
      const { key, row, mapped } = record;
      const name = key === '' ? `row ${row}` : key;
      if (mapped.kind !== 'refused') await this.#takeOff(name);
      else {
        const reason = describeProblems(mapped.problems);
        if (this.#refused.get(name) === reason || this.progress.refusalsKept >= MOST_REFUSALS_KEPT) continue;
        await this.#services.refusedRows.keep({
          ...{ feed: this.#feed.name, key: name, reason, detailType: mapped.detailType },
          source: sourceOnBus(this.#feed.source.name),
          place: `${this.#receipt.fileName}#${row}`,
          at: this.#services.clock.now(),
        });
        this.#refused.set(name, reason);
        this.progress = { ...this.progress, refusalsKept: this.progress.refusalsKept + 1 };
      }
    }
  }

  async #takeOff(name: string): Promise<void> {
    if (!this.#refused.delete(name)) return;
    await this.#services.refusedRows.takeOff(this.#feed.name, name);
  }
}

function keptVersion(
  { asOf }: FeedFact,
  hash: string,
  compared: Compared,
  file: string,
): KnownFact | undefined {
  if (compared.is === 'unchanged') return compared.since;
  if (compared.is === 'sent' && compared.isKept) return { hash, asOf, file };
  return compared.is === 'skipped' && compared.isNoted ? { hash, asOf, file, isNoted: true } : undefined;
}

/** The offset of the last record that has one; rows above it are not read again. */
function lastByteOf(records: readonly JudgedUpTo[]): ReadUpTo | undefined {
  const last = records.findLast(({ endsAt }) => endsAt !== undefined);
  return last?.endsAt === undefined ? undefined : { row: last.row, offset: last.endsAt };
}

const plusOne = (counts: Readonly<Record<string, number>>, name: string) => ({
  ...counts,
  [name]: (counts[name] ?? 0) + 1,
});

const toKeep = (fact: FeedFact, known: KnownFact): FactToKeep => ({
  ...{ id: fact.id, detailType: fact.detailType, known, until: knownUntil(fact) },
});

/** Two concurrent writes of one item would race. */
const lastOfEach = (facts: readonly FactToKeep[]): readonly FactToKeep[] => [
  ...new Map(facts.map((fact) => [fact.id, fact])).values(),
];

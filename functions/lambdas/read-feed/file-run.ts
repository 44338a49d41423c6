import type { FileReceipt, Stop } from '../../feeds/file-receipt.ts';
import type { FileReceipts, HeldReceipt } from '../../feeds/ports.ts';
import { plusMinutes } from '../../group/business-time.ts';
import type { Clock, Random } from '../../ports.ts';

/** Longer than the time between two checkpoints. If a run is killed, another one continues after this. */
const LEASE_MINUTES = 5;
const SAVED_EVERY_MINUTES = 1;
/** Otherwise a file that makes every invocation fail without progress would be retried for ever. */
const MOST_TRIES = 5;

interface RunServices {
  readonly clock: Clock;
  readonly receipts: FileReceipts;
  readonly random: Pick<Random, 'id'>;
}

/** Another invocation has taken over the file, so this one must stop. */
export class LeaseLost extends Error {}

/** One invocation that reads a file. Its receipt is leased to the invocation and records the progress. */
export class FileRun {
  receipt: FileReceipt;
  #version: number;
  #savedAt: string;
  readonly #services: RunServices;

  private constructor(services: RunServices, receipt: FileReceipt, version: number) {
    this.#services = services;
    this.receipt = receipt;
    this.#version = version;
    this.#savedAt = services.clock.now();
  }

  /** Starts or resumes a file. Undefined while another invocation reads it, and when it is done. */
  static async take(
    services: RunServices,
    blank: FileReceipt,
    held: HeldReceipt | undefined,
  ): Promise<FileRun | undefined> {
    const { receipt, version = 0 } = held ?? { receipt: blank };
    const now = services.clock.now();
    if (receipt.state !== 'reading' || (receipt.leasedUntil ?? '') > now) return undefined;
    const run = new FileRun(services, receipt, version);
    const tries = receipt.tries + 1;
    const lease = { leasedUntil: plusMinutes(now, LEASE_MINUTES), leasedBy: services.random.id() };
    if (tries <= MOST_TRIES) return (await run.#write({ ...receipt, tries, ...lease })) ? run : undefined;
    await run.stop([{ reason: 'failing', says: FAILING }]);
    return run;
  }

  async save(change: Partial<FileReceipt> = {}): Promise<void> {
    const leasedUntil = plusMinutes(this.#services.clock.now(), LEASE_MINUTES);
    await this.#mustWrite({ ...this.receipt, ...change, leasedUntil });
  }

  /** Extends the lease during long work that does not change the receipt. */
  async keepLease(): Promise<void> {
    if (this.isOld()) await this.save();
  }

  isOld(): boolean {
    return plusMinutes(this.#savedAt, SAVED_EVERY_MINUTES) <= this.#services.clock.now();
  }

  /** Ends the lease, so that the next invocation can start at once. */
  async release(change: Partial<FileReceipt> = {}): Promise<void> {
    await this.#mustWrite({ ...this.receipt, ...change, leasedUntil: this.#services.clock.now() });
  }

  async stop(stops: readonly Stop[], change: Partial<FileReceipt> = {}): Promise<void> {
    await this.#end({ ...this.receipt, ...change, stops: [...stops], state: 'stopped' });
  }

  async finish(change: Partial<FileReceipt>): Promise<void> {
    await this.#end({ ...this.receipt, ...change, state: 'read' });
  }

  #end({ leasedUntil, leasedBy, ...receipt }: FileReceipt): Promise<void> {
    return this.#mustWrite({ ...receipt, endedAt: this.#services.clock.now() });
  }

  async #mustWrite(receipt: FileReceipt): Promise<void> {
    if (!(await this.#write(receipt))) throw new LeaseLost(`Another invocation reads ${receipt.key}`);
  }

  async #write(receipt: FileReceipt): Promise<boolean> {
    const version = this.#version === 0 ? undefined : this.#version;
    if (!(await this.#services.receipts.write(receipt, version))) return false;
    this.#version += 1;
    this.receipt = receipt;
    this.#savedAt = this.#services.clock.now();
    return true;
  }
}

const FAILING =
  'reading it failed each time: the log of read-feed says why. When that is mended, drop the file again';

import type { Group } from '../group/group.ts';
import type { SendResult } from '../handoff/outbox.ts';
import type { Clock, Mailer, OutgoingEmail, Wait } from '../ports.ts';

interface Given {
  readonly mailer: Mailer;
  readonly group: Group;
  readonly clock: Clock;
  readonly wait: Wait;
}

const SECOND = 1_000;
/** If SES throttles every email for this long, no sending rate is left, so SES counts as closed. */
const THROTTLED_MILLISECONDS = 3 * SECOND;
/** If an email is throttled this often while the rate is halved each second, SES counts as closed, too. */
const TRIES = 5;
/** One unanswered call may be caused by its email; two in a row mean that SES is down. */
const UNANSWERED = 2;
/** Seconds that a task with one email takes: four calls to DynamoDB, and one to SES. */
const SECONDS_AN_EMAIL = 1 / 3;
/** A pool of connections has fifty. */
const MOST_AT_ONCE = 20;

/**
 * Paces SES for one sweep: at most the group's send rate, less while SES throttles, and nothing once SES accepts no email.
 * During an outage a sweep stops after one or two emails instead of trying every queued one, because it works on one task at a
 * time until SES has accepted an email.
 */
export class PacedMailer implements Mailer {
  readonly #given: Given;
  #isClosed = false;
  #unanswered = 0;
  #nextAt = 0;
  #gap: number;
  #slowedAt = 0;
  /** Since when SES has throttled every email. */
  #throttledSince: number | undefined;
  #hasAccepted = false;

  constructor(given: Given) {
    this.#given = given;
    this.#gap = SECOND / given.group.sender.emailsPerSecond;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How many tasks may be worked on in parallel now: as many as keep up with the rate, so that no email waits long. */
  get atOnce(): number {
    if (!this.#hasAccepted || this.#isClosed) return 1;
    return Math.min(MOST_AT_ONCE, Math.ceil((SECONDS_AN_EMAIL * SECOND) / this.#gap));
  }

  async send(email: OutgoingEmail, isStillOwed = async () => true): Promise<SendResult> {
    let tooFast: SendResult | undefined;
    for (let attempt = 1; !this.#isClosed; attempt += 1) {
      await this.#myTurn();
      if (tooFast && !(await isStillOwed())) return tooFast;
      const result = await this.#given.mailer.send(email);
      const isTooFast = result.result === 'not-accepted' && result.tooFast === true;
      if (!isTooFast || attempt === TRIES || !this.#slowDown()) return this.#noted(result);
      tooFast = result;
    }
    return { result: 'not-accepted', reason: { code: 'ses-closed' } };
  }

  get #now(): number {
    return Date.parse(this.#given.clock.now());
  }

  /** Takes the next slot before it waits, so that parallel sends keep the rate and the order of their calls. */
  async #myTurn(): Promise<void> {
    const now = this.#now;
    const slot = Math.max(now, this.#nextAt);
    this.#nextAt = slot + this.#gap;
    if (slot > now) await this.#given.wait(slot - now);
  }

  /**
   * Halves the rate, at most once a second however many parallel sends are throttled. False if SES has throttled for too long.
   */
  #slowDown(): boolean {
    const now = this.#now;
    this.#throttledSince ??= now;
    if (now - this.#throttledSince >= THROTTLED_MILLISECONDS) return false;
    if (now - this.#slowedAt >= SECOND) {
      this.#slowedAt = now;
      this.#gap = Math.min(this.#gap * 2, SECOND);
      this.#nextAt = Math.max(this.#nextAt, now + SECOND);
    }
    return true;
  }

  #noted(result: SendResult): SendResult {
    if (result.result === 'sent') {
      this.#hasAccepted = true;
      this.#throttledSince = undefined;
    }
    this.#unanswered = result.result === 'unknown' ? this.#unanswered + 1 : 0;
    const isAboutAll = result.result === 'not-accepted' && result.because !== 'recipient';
    if (isAboutAll || this.#unanswered === UNANSWERED) this.#isClosed = true;
    return result;
  }
}

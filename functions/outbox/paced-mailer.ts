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
/** After this many throttled tries, more than one second's send rate is used up. */
const TRIES = 3;
/** One unanswered call may be caused by its email; two in a row mean that SES is down. */
const UNANSWERED = 2;

/**
 * Paces SES for one sweep: at most the group's send rate, and nothing once SES accepts no email. During an outage a
 * sweep stops after one or two emails instead of trying every queued one.
 */
export class PacedMailer implements Mailer {
  readonly #given: Given;
  #isClosed = false;
  #unanswered = 0;
  #nextAt = 0;

  constructor(given: Given) {
    this.#given = given;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async send(email: OutgoingEmail): Promise<SendResult> {
    for (let attempt = 1; !this.#isClosed; attempt += 1) {
      await this.#myTurn();
      const result = await this.#given.mailer.send(email);
      const isTooFast = result.result === 'not-accepted' && result.tooFast === true;
      if (!isTooFast || attempt === TRIES) return this.#noted(result);
      await this.#given.wait(SECOND);
    }
    return { result: 'not-accepted', reason: { code: 'ses-closed' } };
  }

  async #myTurn(): Promise<void> {
    const { clock, wait, group } = this.#given;
    const early = this.#nextAt - Date.parse(clock.now());
    if (early > 0) await wait(early);
    this.#nextAt = Date.parse(clock.now()) + SECOND / group.sender.emailsPerSecond;
  }

  #noted(result: SendResult): SendResult {
    this.#unanswered = result.result === 'unknown' ? this.#unanswered + 1 : 0;
    const isAboutAll = result.result === 'not-accepted' && result.because !== 'recipient';
    if (isAboutAll || this.#unanswered === UNANSWERED) this.#isClosed = true;
    return result;
  }
}

import type { Group } from '../group/group.ts';
import type { SendResult } from '../handoff/outbox.ts';
import type { Clock, Mailer, OutgoingEmail, Wait } from '../handoff/ports.ts';

interface Given {
  readonly mailer: Mailer;
  readonly group: Group;
  readonly clock: Clock;
  readonly wait: Wait;
}

const SECOND = 1_000;
/** Too fast so often for one email: it is more than the rate of a second that is used up. */
const TRIES = 3;
/** One that is not answered may be the email's fault, the next one too is SES's. */
const UNANSWERED = 2;

/**
 * SES as one sweep uses it: no more emails in a second than the group's file says, and none any more once SES takes
 * none. During an outage a sweep so finds that out with one email or two, instead of with every one that is owed.
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
      if (!isTooFast || attempt === TRIES) return this.#heed(result);
      await this.#given.wait(SECOND);
    }
    return { result: 'not-accepted', reason: 'not tried: SES took no email before it' };
  }

  async #myTurn(): Promise<void> {
    const { clock, wait, group } = this.#given;
    const early = this.#nextAt - Date.parse(clock.now());
    if (early > 0) await wait(early);
    this.#nextAt = Date.parse(clock.now()) + SECOND / group.sender.emailsPerSecond;
  }

  #heed(result: SendResult): SendResult {
    this.#unanswered = result.result === 'unknown' ? this.#unanswered + 1 : 0;
    const isAboutAll = result.result === 'not-accepted' && result.because !== 'recipient';
    if (isAboutAll || this.#unanswered === UNANSWERED) this.#isClosed = true;
    return result;
  }
}

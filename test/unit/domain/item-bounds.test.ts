import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays, plusMinutes } from '../../../functions/group/business-time.ts';
import { LETTERS } from '../../../functions/handoff/choice-fields.ts';
import {
  emailRecords,
  MOST,
  MOST_TO_CUSTOMER,
  recentCustomerEmails,
  withinBounds,
} from '../../../functions/handoff/item-bounds.ts';
import { grantLinkRequest } from '../../../functions/handoff/link-requests.ts';
import type { EmailEntry, EmailNote, OutboxEntry } from '../../../functions/handoff/outbox-entry.ts';
import { emailsOf, notifiedStaff, queueEmail } from '../../../functions/handoff/queue.ts';
import type { Task } from '../../../functions/handoff/task.ts';
import { log } from '../../../functions/handoff/task-changes.ts';
import { blankIntroduction } from '../../../functions/handoffs/introduction/task.ts';
import type { Link } from '../../../functions/links/link.ts';

const NOW = '2026-11-20T18:00:00.000Z';
const blank = blankIntroduction('lakeshore-subaru', '48211', NOW);
/** As long as the form takes it. */
const why = { code: 'declined', reason: 'a reason that somebody typed '.padEnd(LETTERS, 'x') } as const;
/** DynamoDB takes 400 KB; the facts of a handoff have at most 100. */
const BYTES = 100 * 1024;

const messages = ['introduction-to-sign', 'reminder', 'escalation', 'handoff-moved', 'walk-over'];
const states = ['owed', 'sending', 'sent', 'unknown', 'asked', 'given-up', 'withheld', 'lapsed'] as const;
type State = (typeof states)[number];

interface Made {
  readonly is: 'email' | 'event';
  readonly message: string;
  readonly to: number;
  readonly state: State;
  readonly about: number | undefined;
}

const made: fc.Arbitrary<Made> = fc.record({
  is: fc.constantFrom('email', 'email', 'email', 'event'),
  message: fc.constantFrom(...messages),
  to: fc.integer({ min: -1, max: 40 }),
  state: fc.constantFrom(...states),
  about: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined, freq: 3 }),
});

function entryOf(one: Made, at: number): OutboxEntry {
  const base = { id: `e${at + 1}`, state: one.state, owedAt: plusMinutes(NOW, at), attempts: 1 } as const;
  if (one.is === 'event') return { ...base, type: 'event', detailType: 'handoff-task-accepted' };
  return {
    ...base,
    type: 'email',
    message: one.to < 0 ? 'introduction-to-customer' : one.message,
    to: one.to < 0 ? 'customer' : { staff: `number-${one.to}` },
    note: noteOf(one, at),
    ...(one.state === 'sent' ? { sentAt: base.owedAt, messageId: 'x'.repeat(60) } : {}),
  };
}

/** Of an earlier email, or the longest there is. */
const noteOf = ({ about }: Made, at: number): EmailNote =>
  about !== undefined && about <= at
    ? { code: 'unread', deadline: 'accept', entry: `e${about}`, reader: 'number-1' }
    : { code: 'moved', why };

const linkOf = (of: Link['of'], at: number): Link => ({
  hash: `${at}`.padEnd(43, 'h'),
  of,
  expiresAt: plusDays(NOW, typeof of === 'object' ? at % 30 : 400 - (at % 200)),
});

/** An item as it would be after years in which everything went wrong: written as ours are, entry by entry. */
function itemAfter(all: readonly Made[], links = 0): Task {
  let task: Task = blank;
  for (const [at, one] of all.entries()) {
    const outbox = [...task.outbox, entryOf(one, at)];
    const logged = log(task, { at: NOW, by: 'routing', what: 'moved', why });
    task = withinBounds({ ...logged, outbox, entriesMade: at + 1 }, NOW);
  }
  const made = Array.from({ length: links }, (_one, at) =>
    linkOf(at % 3 === 0 ? 'customer one-click' : { staff: `number-${at % 40}` }, at),
  );
  return withinBounds({ ...task, links: made }, NOW);
}

describe('a handoff that everything happens to', () => {
  it('never grows over its bound, whatever its emails came to', () => {
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 400, size: 'max' }),
        fc.integer({ min: 0, max: 600 }),
        (all, links) => {
          const task = itemAfter(all, links);
          // Emails in somebody's hands are few: each invocation takes what it can send in its own time.
          const inHand = task.outbox.filter(({ state }) => ['sending', 'unknown'].includes(state)).length;
          expect(Buffer.byteLength(JSON.stringify(task))).toBeLessThan(BYTES + inHand * 800);
          expect(task.log.length).toBeLessThanOrEqual(MOST.logEntries);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same after it was cut a second time', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 200, size: 'max' }), (all) => {
        const once = itemAfter(all, 200);
        expect(withinBounds(once, NOW)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it('never loses what is still to be sent to the customer, or who was told what', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 300, size: 'max' }), (all) => {
        const task = itemAfter(all);
        const whole = all.map(entryOf);
        const owedToCustomer = (entries: readonly OutboxEntry[]) =>
          entries.filter((one) => one.type === 'email' && one.to === 'customer' && one.state === 'owed')
            .length;
        expect(owedToCustomer(task.outbox)).toBe(owedToCustomer(whole));
        const known = new Set(emailRecords(task).map(({ message, to }) => JSON.stringify([message, to])));
        const lines = task.settled?.length ?? 0;
        const told = whole.filter((one): one is EmailEntry => one.type === 'email' && one.state === 'sent');
        const missing = told.filter(({ message, to }) => !known.has(JSON.stringify([message, to])));
        expect(missing.length === 0 || lines === MOST.lines).toBe(true);
        expect(missing.every(({ to }) => to !== 'customer')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an email that left the outbox for want of room', () => {
  const sent = Array.from(
    { length: 80 },
    (_one, at): Made => ({
      is: 'email',
      message: at === 0 ? 'walk-over' : 'reminder',
      to: at === 0 ? 7 : at % 3,
      state: 'sent',
      about: undefined,
    }),
  );
  const task = itemAfter(sent);

  it('is remembered as one line for each message and person, and is not queued again', () => {
    expect(task.outbox).toHaveLength(MOST.settledEmails);
    expect(task.settled?.length).toBeLessThanOrEqual(4);
    expect(emailsOf(task, 'walk-over', { staff: 'number-7' })).toMatchObject([{ id: 'e1', emails: 1 }]);
    expect(queueEmail(task, NOW, { message: 'walk-over', to: { staff: 'number-7' } })).toBe(task);
    expect(notifiedStaff(task).toSorted()).toEqual(['number-0', 'number-1', 'number-2', 'number-7']);
  });

  it('still counts when the next one of its kind is numbered', () => {
    const again = queueEmail(task, NOW, { message: 'reminder', to: { staff: 'number-1' }, again: true });
    expect(again.outbox.at(-1)).toMatchObject({ id: 'e81', round: 28 });
  });
});

describe('the links of a handoff', () => {
  const oneClick = (daysAgo: number): Link => ({
    hash: `customer ${daysAgo}`,
    of: 'customer one-click',
    expiresAt: plusDays(NOW, 400 - daysAgo),
  });

  it('that a customer got in the last 60 days stay, however many others there are', () => {
    const old = Array.from({ length: 100 }, (_one, at) => oneClick(61 + at));
    const young = Array.from({ length: MOST_TO_CUSTOMER }, (_one, at) => oneClick(at));
    const { links } = withinBounds({ ...blank, links: [...old, ...young] }, NOW);
    expect(links).toEqual(expect.arrayContaining(young));
    expect(links.length).toBe(MOST.customerLinks);
    expect(recentCustomerEmails(links, NOW)).toBe(MOST_TO_CUSTOMER);
  });

  it('that staff got are dropped oldest first', () => {
    const staff = Array.from({ length: 200 }, (_one, at) => ({
      ...linkOf({ staff: 'number-1' }, at),
      hash: `staff ${at}`,
      expiresAt: plusMinutes(NOW, at),
    }));
    const { links } = withinBounds({ ...blank, links: staff }, NOW);
    expect(links.map(({ hash }) => hash)).toEqual(staff.slice(-MOST.staffLinks).map(({ hash }) => hash));
  });

  it('are given to whoever asks for a fresh one every quarter of an hour, six times a day', () => {
    let requests: readonly string[] = [];
    let granted = 0;
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      const answer = grantLinkRequest(requests, plusMinutes(NOW, minute));
      if (!answer) continue;
      requests = answer.requests;
      granted += 1;
    }
    expect(granted).toBe(6);
    expect(grantLinkRequest(requests, plusDays(NOW, 2))?.requests).toHaveLength(1);
  });
});

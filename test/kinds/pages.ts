import { expect } from 'vitest';
import type { OutcomeOf } from '../../functions/handoff/task.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { type LocalRun, until } from '../browser/local-run.ts';

/** What the browser tests know of a kind: how one comes about, and what each of its choices makes of it. */
export interface KindPages {
  readonly make: Make;
  readonly choices: readonly ChoiceCase[];
}

export interface ChoiceCase {
  readonly choice: string;
  /** What is typed or selected with it. */
  readonly typed?: string;
  /** The task afterwards. */
  readonly becomes: object;
  /** How a task comes about that offers it, where not every one does. */
  readonly make?: Make;
  /** Whose page offers it; left out, that of the named person. */
  readonly link?: (run: LocalRun, taskId: string) => Promise<string>;
}

/** Brings a handoff about, and says the id of its task. */
export type Make = (desk: StaffDesk) => Promise<string>;

export interface StaffDesk {
  readonly run: LocalRun;
  /** A number that no other handoff has. */
  next(): string;
  /** The named person opens their link and presses the button. */
  choose(taskId: string, choice: string): Promise<void>;
}

export const FRIDAY_MORNING = '2026-11-20T15:30:00Z';
/** Any colleague of those who are offered. */
export const ANYBODY = 'anybody';

export const inDays = (days: number) =>
  new Date(Date.parse(FRIDAY_MORNING) + days * 86_400_000).toISOString().slice(0, 10);

export const accepted = { state: 'accepted' };
export const ended = (outcome: OutcomeOf<AnyTask>) => ({ state: 'completed', ended: { outcome } });
const toCustomer = (state: string) => ({
  outbox: expect.arrayContaining([expect.objectContaining({ to: 'customer', state })]),
});

/** What every kind offers. */
export const offeredByAll: readonly ChoiceCase[] = [
  { choice: 'accept', becomes: accepted },
  { choice: 'hand-over', typed: ANYBODY, becomes: { state: 'open', assignee: { reason: 'handed over' } } },
  {
    choice: 'decline',
    typed: 'With a customer until noon',
    becomes: { state: 'open', declinedBy: [expect.any(String)] },
  },
  { choice: 'note', typed: 'Asked for a text before noon', becomes: { state: 'open' } },
];

/** What has the customer written to, where that is not how the task comes about. */
export type Write = (desk: StaffDesk, taskId: string) => Promise<void>;

const after =
  (make: Make, write: Write): Make =>
  async (desk) => {
    const taskId = await make(desk);
    await write(desk, taskId);
    return taskId;
  };

/** What a kind offers that emails the customer: a new address, and what to do when nobody can say if it was sent. */
export function aboutCustomerEmail(
  name: string,
  make: Make,
  withoutAddress: Make,
  write?: Write,
): readonly ChoiceCase[] {
  const address = `walter.${name}@example.com`;
  const unsure = unsureOf(make, write);
  return [
    {
      choice: 'customer-email',
      typed: address,
      becomes: { ...toCustomer('sent'), customerEmail: address },
      make: write ? after(withoutAddress, write) : withoutAddress,
    },
    { choice: 'send-again', becomes: toCustomer('sent'), make: unsure },
    { choice: 'leave-it', becomes: toCustomer('lapsed'), make: unsure },
  ];
}

/** Nobody can say whether its email to the customer was sent. It takes SES's silence, and a quarter of an hour. */
const unsureOf =
  (make: Make, write?: Write): Make =>
  async (desk) => {
    const { run } = desk;
    const made = write && (await make(desk));
    // The email to the named person has left, so the next one is the customer's.
    if (made !== undefined) await run.linkOfNamed(made);
    await run.loseNextEmail();
    const taskId = made ?? (await make(desk));
    await write?.(desk, taskId);
    await customerEmailIs(run, taskId, 'unknown');
    await run.advance('PT20M');
    await customerEmailIs(run, taskId, 'asked');
    return taskId;
  };

const customerEmailIs = (run: LocalRun, taskId: string, state: string) =>
  until(`an email to the customer that is ${state}`, async () =>
    (await run.task(taskId))?.outbox.find((entry) => entry['to'] === 'customer' && entry.state === state),
  );

import type { Context } from '../../handoff/context.ts';
import { addressOf } from '../../handoff/customer-address.ts';
import { cameBack } from '../../handoff/delivery-reports.ts';
import { type Draft, draft } from '../../handoff/draft.ts';
import type { EmailRecord } from '../../handoff/item-bounds.ts';
import type { Undoable } from '../../handoff/kind.ts';
import { lapse, requeue } from '../../handoff/outbox.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { findManager } from '../../people/routing.ts';
import { introductionTraits, keptOf, type ServiceIntroduction } from './task.ts';

/**
 * The letters to the customer. They come from one person, the contact: whoever accepted or signed the introduction, or the
 * manager of Service where nobody did in time. Whoever had it before that leaves no trace for the customer.
 */
type Introduction = ServiceIntroduction;

const INTRODUCTION = 'introduction-to-customer';
const CORRECTION = 'new-advisor-to-customer';
const WITHDRAWN = 'with-somebody-else';

/** The letters about this handoff, sent or not. */
const lettersOf = (task: Introduction): EmailRecord[] =>
  [INTRODUCTION, CORRECTION].flatMap((message) => emailsOf(task, message, 'customer'));

const hasGone = ({ state }: EmailRecord) => ['sending', 'sent', 'unknown', 'asked'].includes(state);

/** Whether the customer has, or may have, a letter that names somebody. One that came back was read by nobody. */
export const customerWasNotified = (task: Introduction): boolean =>
  task.introducedTo !== undefined || lettersOf(task).some((letter) => hasGone(letter) && !cameBack(letter));

/** Whom that letter named. A release before 2026-12 wrote of the assignee at the sale, and of each later one. */
export const contactOf = (task: Introduction): string | undefined =>
  task.contact ?? (lettersOf(task).some(hasGone) ? task.assignee?.employeeNumber : task.introducedTo);

/** Makes somebody the customer's contact, with a letter if the customer does not know them as that. */
const writeFrom =
  (contact: string | undefined) =>
  (before: Draft<Introduction>): Draft<Introduction> => {
    const known = contactOf(before.task);
    const named = before.change((task) => ({ ...task, contact }));
    const { task } = named;
    if (addressOf(task, task.facts.sold?.customer) === undefined) return named;
    // Written when it leaves, so that it names the contact of that moment.
    if (lettersOf(task).some(({ state }) => state === 'owed')) return named;
    if (customerWasNotified(task))
      return known === contact ? named : named.email({ message: CORRECTION, to: 'customer', again: true });
    // One that SES or the customer refused waits for an address, or for nothing.
    return lettersOf(task).every(({ state }) => state === 'lapsed')
      ? named.email({ message: INTRODUCTION, to: 'customer', again: true })
      : named;
  };

/**
 * The assignee accepted or signed. Where the manager wrote because nobody had, the manager stays the contact: a customer
 * who hears of two people in a day knows neither.
 */
export function writeFromAssignee(task: Introduction, context: Context): Introduction {
  const isManagers = task.passed?.['accept-escalation'] !== undefined && customerWasNotified(task);
  return isManagers && task.contact !== undefined
    ? task
    : draft(task, introductionTraits, context).also(writeFrom(task.assignee?.employeeNumber)).task;
}

/** Nobody accepted in time: the manager of Service writes, and names nobody else. */
export function writeFromManager(task: Introduction, context: Context): Introduction {
  const { roster, today } = context;
  const manager = findManager({ department: 'service', roster, on: today });
  return draft(task, introductionTraits, context).also(writeFrom(manager?.employeeNumber)).task;
}

/** Somebody else has it now, and has not accepted: a letter from the one before that has not left is not true any more. */
export function withdrawLetter(task: Introduction, from: string | undefined): Introduction {
  const { contact = from } = task;
  if (contact !== from) return task;
  const unsent = new Set(lettersOf(task).flatMap(({ id, state }) => (state === 'owed' ? [id] : [])));
  const outbox = task.outbox.map((entry) =>
    unsent.has(entry.id) ? lapse(entry, { code: WITHDRAWN }) : entry,
  );
  return { ...task, outbox, contact: lettersOf(task).some(hasGone) ? contact : undefined };
}

/** After undo: a contact whose letter had left stays the one whom the customer knows; a letter that was withdrawn leaves. */
export function restoreContact(task: Introduction, undo: Undoable): Introduction {
  const letters = lettersOf(task);
  if (letters.some(hasGone)) return task;
  const { contact } = keptOf(undo);
  const withdrawn = new Set(letters.flatMap(({ id, reason }) => (reason?.code === WITHDRAWN ? [id] : [])));
  const outbox = task.outbox.map((entry) =>
    contact !== undefined && withdrawn.has(entry.id) ? requeue(entry) : entry,
  );
  return { ...task, contact, outbox };
}

/** The email that waits for an address: none before somebody is the customer's contact. */
export const letterInWaiting = (task: Introduction): string | undefined =>
  task.contact === undefined && lettersOf(task).length === 0 ? undefined : INTRODUCTION;

/** Sends the letter if a correction supplies an address that was missing or bouncing. */
export const retryLetter =
  (former: string | undefined, email: string | undefined) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const sent = emailsOf(draft.task, INTRODUCTION, 'customer');
    const failed = sent.every((entry) => entry.state === 'given-up' || cameBack(entry));
    const message = letterInWaiting(draft.task);
    if (email === undefined || email === former || !failed || message === undefined) return draft;
    // The new address from the DMS replaces the one that staff entered and that failed.
    return draft
      .change((task) => ({ ...task, customerEmail: undefined }))
      .email({ message: INTRODUCTION, to: 'customer', again: true });
  };

/** The deal is another customer's: whoever is the contact writes to the right one. */
export const writeToAnotherBuyer = (draft: Draft<Introduction>): Draft<Introduction> => {
  const { task } = draft;
  if (letterInWaiting(task) === undefined) return draft;
  // A letter that is still queued will be written to the right buyer anyway.
  const isQueued = emailsOf(task, INTRODUCTION, 'customer').some(({ state }) => state === 'owed');
  return isQueued ? draft : draft.email({ message: INTRODUCTION, to: 'customer', again: true });
};

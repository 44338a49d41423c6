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
 * manager of Service if nobody did in time. Earlier assignees are never mentioned to the customer.
 */
type Introduction = ServiceIntroduction;

const INTRODUCTION = 'introduction-to-customer';
const CORRECTION = 'new-advisor-to-customer';
const WITHDRAWN = 'with-somebody-else';

/** The letters about this handoff, sent or not. */
const lettersOf = (task: Introduction): EmailRecord[] =>
  [INTRODUCTION, CORRECTION].flatMap((message) => emailsOf(task, message, 'customer'));

const hasGone = ({ state }: EmailRecord) => ['sending', 'sent', 'unknown', 'asked'].includes(state);

/** Whether the customer has, or may have, a letter that names somebody. A letter that bounced was read by nobody. */
export const customerWasNotified = (task: Introduction): boolean =>
  task.introducedTo !== undefined || lettersOf(task).some((letter) => hasGone(letter) && !cameBack(letter));

/**
 * The person whom that letter named. A release before 2026-12 named the assignee at the time of the sale, and each later one.
 */
export const contactOf = (task: Introduction): string | undefined =>
  task.contact ?? (lettersOf(task).some(hasGone) ? task.assignee?.employeeNumber : task.introducedTo);

/** Makes somebody the customer's contact, with a letter if the customer does not know them as that yet. */
const writeFrom =
  (contact: string | undefined) =>
  (before: Draft<Introduction>): Draft<Introduction> => {
    const known = contactOf(before.task);
    const named = before.change((task) => ({ ...task, contact }));
    const { task } = named;
    if (addressOf(task, task.facts.sold?.customer) === undefined) return named;
    // A queued letter is written when it is sent, so it will name the contact at that time.
    if (lettersOf(task).some(({ state }) => state === 'owed')) return named;
    if (customerWasNotified(task))
      return known === contact ? named : named.email({ message: CORRECTION, to: 'customer', again: true });
    // A letter that SES refused waits for another address; one that the customer refused is not sent at all.
    return lettersOf(task).every(({ state }) => state === 'lapsed')
      ? named.email({ message: INTRODUCTION, to: 'customer', again: true })
      : named;
  };

/**
 * The assignee accepted or signed. If the manager has already written because nobody accepted, the manager stays the contact: a
 * customer who is given two names in a day knows neither person.
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

/** Somebody else has the handoff now and has not accepted it, so a queued letter from the former assignee is no longer true. */
export function withdrawLetter(task: Introduction, from: string | undefined): Introduction {
  const { contact = from } = task;
  if (contact !== from) return task;
  const unsent = new Set(lettersOf(task).flatMap(({ id, state }) => (state === 'owed' ? [id] : [])));
  const outbox = task.outbox.map((entry) =>
    unsent.has(entry.id) ? lapse(entry, { code: WITHDRAWN }) : entry,
  );
  return { ...task, outbox, contact: lettersOf(task).some(hasGone) ? contact : undefined };
}

/**
 * After undo: if the contact's letter was sent, they stay the contact whom the customer knows; if it was withdrawn, it is sent
 * after all.
 */
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

/** The email to send once an address is known: none until somebody is the customer's contact. */
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

/** The deal turned out to be another customer's: the current contact writes to the right one. */
export const writeToAnotherBuyer = (draft: Draft<Introduction>): Draft<Introduction> => {
  const { task } = draft;
  if (letterInWaiting(task) === undefined) return draft;
  // A letter that is still queued will be written to the right buyer anyway.
  const isQueued = emailsOf(task, INTRODUCTION, 'customer').some(({ state }) => state === 'owed');
  return isQueued ? draft : draft.email({ message: INTRODUCTION, to: 'customer', again: true });
};

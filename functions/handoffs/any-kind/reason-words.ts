import type { EmailNote, EntryReason, MoveReason } from '../../handoff/outbox-entry.ts';
import { type Words, words } from '../../mail/words.ts';
import type { NamedStaff } from '../../people/unknown-numbers.ts';

/** Why an email was not sent, or not yet. */
export function reasonWords(reason: EntryReason): string {
  switch (reason.code) {
    case 'not-accepted':
    case 'refused':
    case 'no-answer':
      return reason.error;
    case 'sender-not-verified':
      return 'our sender address is not verified';
    case 'recipient-not-verified':
      return 'the recipient is not verified';
    case 'ses-closed':
      return 'not tried: SES took no email before it';
    case 'sender-stopped':
      return 'the sender stopped while sending';
    case 'not-accepted-for-days':
      return `not accepted for ${reason.days} days: ${reason.error}`;
    case 'rejected-by-ses':
      return 'SES rejected it';
    case 'unknown-message':
      return `no message is called '${reason.message}'`;
    case 'no-address':
      return 'the customer has no email address';
    case 'bounced-before':
      return 'mail to the address bounced before';
    case 'opted-out':
      return 'the customer opted out of this kind of email';
    case 'store-mode':
      return `the store is in ${reason.mode} mode: written here instead of sent`;
    case 'not-on-allow-list':
      return "the address is not on the store's allow-list";
    case 'too-many-emails':
      return `the customer had ${reason.emails} emails about this in ${reason.days} days`;
    case 'nobody-to-write-to':
      return 'nobody of the roster to write to any more';
    case 'nothing-open':
      return 'nothing is open any more';
    case 'ended':
      return `the task ended: ${reason.outcome}`;
    case 'too-late':
      return 'lost its moment before it could be sent';
    case 'not-late-any-more':
      return `nobody is late to ${reason.deadline} any more`;
    case 'with-somebody-else':
      return 'somebody else has it now';
    case 'person-gone':
      return 'the person is not here any more';
    case 'woken-early':
      return 'the visit was booked before that day';
    case 'choice-taken-back':
      return 'taken back before it was sent';
    case 'left-by-a-person':
      return 'left, as a person decided';
    case 'task-cancelled':
      return 'the task was cancelled';
    case 'superseded':
      return 'a newer email says the same';
    case 'snoozed':
      return 'the handoff was snoozed before it could be sent';
    case 'letters-stopped':
      return 'the letters were stopped before this one left';
    case 'no-room':
      return 'more emails waited than one handoff has room for';
    case 'earlier-release':
      return reason.text;
  }
}

/** Tells staff and operators about a number that misroutes handoffs. */
export const unknownWords = ({ role, number }: NamedStaff): Words =>
  words`The DMS named ${role} ${number}, whom the roster does not have`;

/** Looks up a name by employee number; undefined for somebody who is not on the roster. */
export type NameOf = (employeeNumber: string) => string | undefined;

/** Why a handoff moved. */
export function moveWords(why: MoveReason, nameOf: NameOf): string {
  switch (why.code) {
    case 'declined':
      return `A colleague can't take it: ${why.reason}`;
    case 'handed-over':
      return `Handed over by ${nameOf(why.by) ?? 'a colleague'}.`;
    case 'met':
      return `The customer met you instead, says ${nameOf(why.by) ?? 'a colleague'}.`;
    case 'taken-over':
      return `${nameOf(why.by) ?? 'A manager'} took it over.`;
    case 'choice-taken-back':
      return `${nameOf(why.by) ?? 'A colleague'} took it back: it is with ${nameOf(why.to) ?? 'a colleague'} again.`;
    case 'left':
      return 'The person who had this has left.';
    case 'suspended':
      return 'The person who had this is not at work for now.';
    case 'customer-waits':
      return 'The customer is waiting, so it went to the next person.';
    case 'earlier-release':
      return why.text;
  }
}

/** The line above an email's heading that says why it was sent. `label` is the label of a choice. */
export function noteWords(
  note: EmailNote,
  nameOf: NameOf,
  label: (choice: string) => string,
): string | undefined {
  switch (note.code) {
    case 'moved':
      return moveWords(note.why, nameOf);
    case 'mailbox-bounced':
      return 'Email to the person who had this bounces: please take it or hand it over.';
    case 'unread':
      return `Our email about this to ${nameOf(note.reader) ?? 'a colleague'} didn’t get through: please make sure somebody picks it up.`;
    case 'choice-taken-back':
      return `${nameOf(note.by) ?? 'A colleague'} took back \u201c${label(note.choice)}\u201d.`;
    case 'snoozed-until-today':
      return 'You asked to be reminded of this today.';
    case 'asked-for':
      return 'You asked for this list.';
    case 'earlier-release':
      return note.text;
    case 'late':
    case 'problem':
      return undefined;
  }
}

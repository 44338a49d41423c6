import type { Context } from '../../handoff/context.ts';
import { noted } from '../../handoff/credit.ts';
import { draft } from '../../handoff/draft.ts';
import type { Meeting, MetAnswer } from '../../handoff/meeting.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { findManager } from '../../people/routing.ts';
import { contactOf, customerWasNotified } from './customer-letters.ts';
import { introductionTraits, type ServiceIntroduction } from './task.ts';

/** The customer's own answer whether they met their advisor. It changes no state. */
type Introduction = ServiceIntroduction;

const MET_NOBODY = 'customer-met-nobody';

/** Undefined unless the sale stands and its letter was sent. */
export function meetingOf(task: Introduction): Meeting | undefined {
  if (task.state === 'cancelled' || !customerWasNotified(task)) return undefined;
  return { with: contactOf(task), said: task.met?.answer };
}

/**
 * Records the answer; the same task if the customer gave it before. The manager of Service is notified of the first "no", and
 * only of the first.
 */
export function saysMet(before: Introduction, answer: MetAnswer, context: Context): Introduction {
  if (before.met?.answer === answer) return before;
  const { now, roster, today } = context;
  const task = { ...before, updatedAt: now, met: { answer, at: now } };
  const manager = findManager({ department: 'service', roster, on: today });
  const isFirst = emailsOf(task, MET_NOBODY).length === 0;
  const notified = draft(task, introductionTraits, context).when(
    answer === 'no' && isFirst && manager !== undefined,
    (one) => (manager ? one.email({ message: MET_NOBODY, to: { staff: manager.employeeNumber } }) : one),
  );
  return noted(notified.task, now, answer === 'yes' ? 'the customer met them' : 'the customer met nobody');
}

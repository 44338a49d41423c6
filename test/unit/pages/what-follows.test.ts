import { describe, expect, test } from 'vitest';
import { answerTask } from '../../../functions/handoff/answer.ts';
import { choicesFor } from '../../../functions/handoff/choices.ts';
import { emailsOf } from '../../../functions/handoff/queue.ts';
import type { Task } from '../../../functions/handoff/task.ts';
import { nextOf } from '../../../functions/handoff/what-follows.ts';
import { kindOf } from '../../../functions/handoffs/kinds.ts';
import { appointmentIn, visitQuestionIn } from '../../kinds/repair-options/emails.ts';
import { contextIn, ordinary, tasksIn } from '../../support/email-fixtures.ts';

const later = '2026-11-20T20:00:00.000Z';
const waiting = { 'accept-reminder': later, 'accept-escalation': later };
const reminded = { 'accept-escalation': later };

const ofEachKind = tasksIn(ordinary).map((task) => [task.kind, task] as const);
const questions = [
  ['of a visit', visitQuestionIn(ordinary)],
  ['of an appointment', appointmentIn(ordinary)],
] as const;
const everyTask = [...ofEachKind, ...questions];

const holderOf = ({ assignee }: Task) => ({
  employeeNumber: assignee?.employeeNumber ?? '',
  isManager: false,
});
const offeredOn = (task: Task) => choicesFor(task, kindOf(task), holderOf(task));

function says(task: Task, name: string): string {
  const choice = offeredOn(task).find((one) => one.name === name);
  expect.assert(choice);
  return nextOf(choice, task, kindOf(task));
}

function taskAfter(task: Task, choice: string): Task {
  const typed = { choice, reason: 'on vacation' };
  const answered = answerTask(task, kindOf(task), holderOf(task), typed, contextIn(ordinary));
  expect.assert(answered.is === 'done');
  return answered.task;
}

describe('before somebody accepts', () => {
  test.each(ofEachKind)('%s says that its reminder stops, and it does', (_kind, open) => {
    const task = { ...open, deadlines: waiting };
    expect(says(task, 'accept')).toBe('It’s yours, and the reminder to accept stops.');
    expect(taskAfter(task, 'accept').deadlines).not.toHaveProperty('accept-reminder');
  });

  test.each(ofEachKind)('%s names no reminder that has gone out, nor a manager who knows', (_kind, open) => {
    expect(says({ ...open, deadlines: reminded }, 'accept')).toBe(
      'It’s yours, and no manager hears that it waits to be accepted.',
    );
    expect(says({ ...open, deadlines: {} }, 'accept')).toBe('It’s yours.');
  });

  test.each(questions)('a question %s, of which nobody is reminded, stays one', (_of, task) => {
    expect(says(task, 'accept')).toBe('It’s yours. The question stays open until you answer it.');
    const accepted = taskAfter(task, 'accept');
    expect(Object.keys(accepted.deadlines)).toEqual(['unfinished']);
    expect(kindOf(accepted).isAsking(accepted)).toBe(true);
  });
});

test.each(everyTask)('who declines %s reads that a sender hears why only where one does', (_of, task) => {
  const told = emailsOf(taskAfter(task, 'decline'), 'handoff-moved');
  expect(says(task, 'decline').includes('hears why')).toBe(told.length > 0);
});

test.each(questions)('no choice about a question %s speaks of a sheet or a reminder', (_of, task) => {
  for (const choice of [...offeredOn(task), ...offeredOn({ ...task, state: 'accepted' })]) {
    expect(nextOf(choice, task, kindOf(task)), choice.name).not.toMatch(/\bsheet\b|\bremind/);
  }
});

/** Renders docs/tasks.md, the life of a task and the choices of staff, from the tables that drive the code. */
import type { Choice } from '../../functions/handoff/choices.ts';
import { transitions } from '../../functions/handoff/lifecycle.ts';
import { everyKind } from '../../functions/handoffs/kinds.ts';
import { type DayMessageName, dayMessages, messages } from '../../functions/handoffs/letters.ts';
import type { AnyMessage, SendTime } from '../../functions/mail/message.ts';
import { generated, table } from './markdown.ts';

const whoMay: Record<Choice['who'], string> = {
  named: 'the named person',
  manager: 'the named person, or a manager',
  anyone: 'everyone with a link to it',
  sender: 'who hands the customer over',
  both: 'the named person, or who hands the customer over',
};

/** The morning emails, which belong to a person rather than a task. */
const mornings: Record<DayMessageName, string> = {
  'morning-summary': 'staff, each with what is open with them, as their department opens',
  'store-today': 'managers, with what the store needs today, as their department opens',
  'next-list': 'staff, at one o’clock and an hour before their department closes, if there is anything new',
  overdue: 'staff, as something of theirs becomes late: everything that is, at most once between two lists',
};

const leaving: Record<SendTime, string> = {
  now: 'now',
  'next list': 'in the next list',
  'as assigned': 'as the handoff did',
  'late for them': 'in one reminder of all that is late; now where a customer waits for it',
  'late for a manager': 'in the next list; now where a customer waits for it',
};

const whenItLeaves = ({ to, leaves }: AnyMessage): string => {
  if (to === 'customer') return 'now';
  if (typeof leaves === 'string') return leaving[leaves];
  if ('when' in leaves) return leaves.says;
  return `${leaving[leaves.assignee]} to the named person; to others ${leaving[leaves.others]}`;
};

const dayMessageNames = Object.keys(dayMessages).filter((name): name is DayMessageName => name in mornings);

/** Every choice, with the kinds of handoff that have it. */
const choices = Map.groupBy(
  everyKind.flatMap(({ kind, choices: own }) => own.map((choice) => ({ choice, kind }))),
  ({ choice }) => choice,
);

export function renderTasks(): string {
  return [
    generated,
    '# Tasks',
    'A handoff has happened once a named person has accepted it. The diagram shows every allowed transition of a task',
    '(`functions/handoff/lifecycle.ts`).',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> awaited',
    ...transitions.flatMap(({ from, to, by }) => from.map((state) => `  ${state} --> ${to}: ${by}`)),
    '  completed --> [*]',
    '  cancelled --> [*]',
    '```',
    '',
    table(
      ['by', 'from', 'to', 'means'],
      transitions.map(({ by, from, to, means }) => [by, from.join(', '), to, means]),
    ),
    '',
    '## What staff may say',
    'On the page behind the link in their email. The page says what a choice does before it is made.',
    '',
    table(
      ['choice', 'of', 'when', 'who', 'what happens'],
      [...choices].map(([{ label, from, who, next }, all]) => [
        label,
        all.map(({ kind }) => kind).join(', '),
        from.join(', '),
        whoMay[who],
        next,
      ]),
    ),
    '',
    '## What is sent',
    `Each message has its own file, \`functions/**/emails/<name>.ts\`.`,
    '',
    table(
      ['email', 'to', 'leaves'],
      [
        ...[...messages].map(([name, message]) => [`\`${name}\``, message.to, whenItLeaves(message)]),
        ...dayMessageNames.map((name) => [`\`${name}\``, mornings[name], '']),
      ],
    ),
    '',
  ].join('\n');
}

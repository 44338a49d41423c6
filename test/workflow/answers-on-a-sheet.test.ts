import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNDO } from '../../functions/handoff/answer.ts';
import { choicesFor } from '../../functions/handoff/choices.ts';
import { isOpen } from '../../functions/handoff/task.ts';
import { undoableBy } from '../../functions/handoff/undo.ts';
import { kinds, type TaskOf, taskIdOf } from '../../functions/handoffs/kinds.ts';
import { askerOf } from '../../functions/handoffs/repair-options/conversation-request.ts';
import { contextOfTask } from '../../functions/outbox/decide-and-deliver.ts';
import { longTermCustomer } from '../support/customers.ts';
import { type SentEmail, World } from '../support/world.ts';

/**
 * Every sequence of up to three answers that an advisor can give on one sheet, taking back included, and what each
 * person is told after each of them. The answers are the kind's own choices, so a new one joins by itself. The file is
 * for people: read it as the salesperson and the advisor would, whenever it changes.
 */
const QUOTED = '2026-11-20T17:40:00.000Z';
const sheetId = taskIdOf({ kind: 'repair-options', storeId: 'lakeshore-honda', roNumber: '77120' });
const talkId = taskIdOf({ kind: 'upgrade-conversation', storeId: 'lakeshore-honda', roNumber: '77120' });
const SAM = { employeeNumber: '2031', isManager: false };
const DEPTH = 3;

let world: World;
beforeAll(async () => {
  world = await World.open(QUOTED);
});
afterAll(() => world.close());

/** What came before the first answer. */
const beginnings = {
  'Sales has not heard of it': async () => {
    await world.putSample('repair-quote-high', { customerIs: 'dropped-off' });
    await world.advance(10);
  },
  'Sales was told after half an hour of silence': async () => {
    await world.putSample('repair-quote-high', { customerIs: 'dropped-off' });
    await world.advance(35);
  },
  'Sales was told after half an hour of silence, and accepted': async () => {
    await world.putSample('repair-quote-high', { customerIs: 'dropped-off' });
    await world.advance(35);
    await world.answer(talkId, { choice: 'accept' });
  },
} as const;

interface Standing {
  readonly asker: string | undefined;
  readonly isTalking: boolean;
}

interface Played extends Standing {
  readonly offered: readonly string[];
  readonly told: readonly SentEmail[];
}

async function play(begin: () => Promise<void>, answers: readonly string[]): Promise<Played> {
  await world.reset(QUOTED);
  await longTermCustomer(world);
  await begin();
  let since = world.now;
  for (const choice of answers) {
    await world.advance(1);
    since = world.now;
    expect(await world.answer(sheetId, { choice }, SAM.employeeNumber)).toBe('done');
  }
  const sheet = await theSheet();
  const talk = await world.services().tasks.read(talkId);
  return {
    offered: await offeredOn(sheet),
    told: world.inbox().filter(({ at }) => at >= since),
    asker: askerOf(sheet),
    isTalking: talk !== undefined && isOpen(talk),
  };
}

async function theSheet(): Promise<TaskOf<'repair-options'>> {
  const sheet = await world.services().tasks.read(sheetId);
  if (sheet?.kind !== 'repair-options') throw new Error('there is no sheet');
  return kinds['repair-options'].schema.parse(sheet);
}

async function offeredOn(sheet: TaskOf<'repair-options'>): Promise<string[]> {
  const kind = kinds['repair-options'];
  const { now } = await contextOfTask(world.services(), sheet);
  const answers = choicesFor(sheet, kind, SAM).filter(({ does }) => does === 'advise' || does === 'complete');
  return [...answers.map(({ name }) => name), ...(undoableBy(sheet, kind, SAM, now) ? [UNDO] : [])];
}

const labelOf = (choice: string) =>
  kinds['repair-options'].choices.find(({ name }) => name === choice)?.label ?? 'Take it back';

const names: Readonly<Record<string, string>> = {
  'dana.whitehorse@lakeshore.example': 'Dana (Sales)',
  'sam.delgado@lakeshore.example': 'Sam (advisor)',
};

/** The subject, and what stands above the facts. */
function lineOf({ to, subject, text }: SentEmail): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const said = lines.slice(
    0,
    lines.findIndex((line) => /^(?:Accept by|Car|Customer|Handoff|In Sales): /.test(line)),
  );
  return `${names[to] ?? to}: *${subject}* ${said.filter((line) => /[.!?]$/.test(line)).join(' ')}`;
}

type Node = readonly string[];
const sequences: {
  readonly of: string;
  readonly answers: Node;
  readonly before: Standing[];
  readonly after: Standing;
}[] = [];

async function tree(name: keyof typeof beginnings, answers: Node, before: Standing[]): Promise<string[]> {
  const played = await play(beginnings[name], answers);
  if (answers.length > 0) sequences.push({ of: name, answers, before, after: played });
  const indent = '  '.repeat(Math.max(0, answers.length - 1));
  const own =
    answers.length === 0
      ? []
      : [
          `${indent}- **${labelOf(answers.at(-1) ?? '')}**`,
          ...played.told.map((email) => `${indent}  - ${lineOf(email)}`),
        ];
  if (answers.length === DEPTH) return own;
  const lines = [...own];
  for (const next of played.offered)
    lines.push(...(await tree(name, [...answers, next], [...before, played])));
  return lines;
}

describe('every sequence of answers on a sheet', () => {
  it('tells each person what is true then, as the file beside this test shows', async () => {
    const parts: string[] = [];
    for (const name of Object.keys(beginnings).filter(
      (one) => one in beginnings,
    ) as (keyof typeof beginnings)[]) {
      parts.push(`## ${name}`, '', ...(await tree(name, [], [])), '');
    }
    await expect(`${parts.join('\n')}`).toMatchFileSnapshot('answers-on-a-sheet.md');
  });

  it('leaves what stood before a choice that is taken back', () => {
    const undone = sequences.filter(({ answers }) => answers.at(-1) === UNDO);
    expect(undone.length).toBeGreaterThan(20);
    const wrong = undone.filter(({ answers, before, after }) => {
      const stood = before.at(answers.length - 2);
      return stood?.asker !== after.asker || stood?.isTalking !== after.isTalking;
    });
    expect(wrong.map(({ of, answers }) => `${of}: ${answers.join(', ')}`)).toEqual([]);
  });

  it('has a salesperson at it exactly while somebody asks', () => {
    const wrong = sequences.filter(({ after }) => (after.asker !== undefined) !== after.isTalking);
    expect(wrong.map(({ of, answers }) => `${of}: ${answers.join(', ')}`)).toEqual([]);
  });
});

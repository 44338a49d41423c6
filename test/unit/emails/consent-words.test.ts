import { describe, expect, it } from 'vitest';
import type { MayContact } from '../../../functions/contracts/may-contact.ts';
import type { Task } from '../../../functions/handoff/task.ts';
import { taskPage } from '../../../functions/pages/task-page.ts';
import {
  casesOf,
  contextIn,
  dayCasesOf,
  ordinary,
  tasksIn,
  type World,
  write,
  writeDay,
} from '../../support/email-fixtures.ts';
import { reportCasesOf, writeReport } from '../../support/report-fixtures.ts';

const refusing = (mayContact: MayContact, world = ordinary): World => ({
  ...world,
  customer: { ...world.customer, mayContact },
});
const everything = { phone: false, text: false, email: false, mail: false };
const withoutAddress: World = {
  ...ordinary,
  customer: { ...ordinary.customer, email: undefined },
};

/** Pages of every kind, while it is open, while an email may or may not have gone, and when it is over. */
function pagesIn(world: World): string[] {
  const { advisor, seller, manager, now } = world;
  const page = (task: Task) =>
    [advisor, seller, manager].map((reader) => taskPage({ ...contextIn(world), task, reader }));
  return tasksIn(world).flatMap((task) => [
    ...page(task),
    ...page({ ...task, state: 'accepted' }),
    ...page({
      ...task,
      state: 'completed',
      ended: { at: now, by: advisor.employeeNumber, outcome: 'customer-declined' },
    }),
  ]);
}

const emailsToStaff = (world: World) => [
  ...casesOf(world)
    .filter(({ context }) => context.reader !== undefined)
    .map((one) => ({ what: `${one.name}, ${one.variant}`, ...write(one) })),
  ...dayCasesOf(world).map((one) => ({ what: `${one.name}, ${one.variant}`, ...writeDay(one) })),
  ...reportCasesOf(world).map((one) => ({ what: `${one.name}, ${one.variant}`, ...writeReport(one) })),
];

describe.each<[string, World]>([
  ['said no to calls', refusing({ phone: false })],
  ['said no to calls, without an address', refusing({ phone: false }, withoutAddress)],
  ['said no to everything', refusing(everything)],
])('of a customer who %s', (_, world) => {
  const numbers = /555-?0186|5550186/;
  /** Without what is meant: the no itself, and a colleague who is called. */
  const unmeant = (text: string) =>
    text
      .replaceAll(/Do not call[^.]*\./g, '')
      .replaceAll(/\bcall Dana Whitfield/gi, '')
      .replaceAll(/\bcall list\b/g, '')
      .replaceAll(/\bYour call:/g, '');

  it.each(emailsToStaff(world).map((one) => [one.what, one] as const))(
    'the email “%s” asks nobody to call, and shows no number to call',
    (_what, { subject, text, html, attachments = [] }) => {
      expect(unmeant(`${subject}\n${text}`)).not.toMatch(/\b(?:call|calls|phone them)\b/i);
      expect(`${subject}${text}${html}${attachments.map(({ content }) => content).join('')}`).not.toMatch(
        numbers,
      );
    },
  );

  it('no page asks anybody to call, or shows a number to call', () => {
    for (const page of pagesIn(world)) {
      expect(page).not.toMatch(numbers);
      expect(unmeant(page)).not.toMatch(/\ba call\b|\bcall (?:them|the customer|Maria)/i);
    }
  });
});

describe('of a customer who said no to emails', () => {
  const world = refusing({ email: false }, withoutAddress);
  const asksForAddress = /ask \S+ for (?:one|an email)|expect it|enter the address\b/i;
  const aboutWelcome = (of: World) =>
    emailsToStaff(of).filter(({ what }) => !what.startsWith('customer-email-problem'));

  it.each(aboutWelcome(world).map((one) => [one.what, one] as const))(
    'the email “%s” asks nobody for an address, and promises no email',
    (_what, { text }) => {
      expect(text).not.toMatch(asksForAddress);
    },
  );

  it('as emails about other customers without an address do', () => {
    const asking = aboutWelcome(withoutAddress).filter(({ text }) => asksForAddress.test(text));
    expect(asking.length).toBeGreaterThan(3);
  });

  it('no page asks for an address first', () => {
    const asks = 'What is the customer’s email address?';
    expect(pagesIn(world).filter((page) => page.includes(asks))).toEqual([]);
    expect(pagesIn(withoutAddress).filter((page) => page.includes(asks))).not.toEqual([]);
  });
});

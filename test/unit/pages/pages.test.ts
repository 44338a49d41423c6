import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Wish } from '../../../functions/customers/opt-outs.ts';
import { contextAt } from '../../../functions/handoff/context.ts';
import { deadlineNames, type LogEntry, type Task, triggers } from '../../../functions/handoff/task.ts';
import { everyKind } from '../../../functions/handoffs/kinds.ts';
import { contentSecurityPolicy } from '../../../functions/pages/page.ts';
import { freshLinkPage, notFoundPage } from '../../../functions/pages/plain-pages.ts';
import { preferencesPage } from '../../../functions/pages/preferences-page.ts';
import type { Shown } from '../../../functions/pages/shown.ts';
import { type Outcome, taskPage } from '../../../functions/pages/task-page.ts';
import type { StaffMember } from '../../../functions/people/staff.ts';
import {
  bare,
  contextOf,
  hostile,
  hostileNames,
  introductionIn,
  messageCalled,
  ordinary,
  repairOptionsIn,
  tasksIn,
  upgradeIn,
  type World,
} from '../../support/email-fixtures.ts';
import { readHtml } from '../../support/email-reading.ts';

const shown = (world: World, task: Task): Shown => ({
  ...contextAt({
    now: world.now,
    group: world.group,
    store: world.store,
    roster: [world.advisor, world.seller, world.colleague, world.manager],
  }),
  task,
  reader: holderOf(world, task),
});

/** Who has it, so that the page offers its choices. */
const holderOf = ({ advisor, seller, colleague, manager }: World, { assignee }: Task): StaffMember =>
  [seller, colleague, manager].find((one) => one.employeeNumber === assignee?.employeeNumber) ?? advisor;

const pageOf = (world: World, task: Task, outcome?: Outcome) => taskPage(shown(world, task), outcome);
const by = (who: string) => ({ at: ordinary.now, by: who });

describe('a page', () => {
  it.each(Object.entries(hostileNames))(
    'comes through whole and escaped with a name of %s',
    (_what, name) => {
      const world = hostile(name);
      for (const task of tasksIn(world)) {
        const said = by(world.advisor.employeeNumber);
        const log: LogEntry[] = [
          { ...said, what: 'choice', choice: 'note', value: name },
          { ...said, what: 'moved', why: { code: 'declined', reason: name } },
        ];
        const page = pageOf(world, { ...task, log });
        expect(page.match(/<li><time/g)).toHaveLength(2);
        expect(page).not.toMatch(/<script|<b>|\sstyle=|\son\w+=/);
        expect(page).not.toMatch(/[\u202e\u2066]/);
        expect(page.match(/<main/g)).toHaveLength(1);
        expect(page.match(/<h1/g)).toHaveLength(1);
      }
    },
  );

  it('is written from the least that an event may carry', () => {
    for (const task of tasksIn(bare)) expect(pageOf(bare, task)).not.toMatch(/undefined|NaN|\[object/);
  });

  it('never shows a name of our code', () => {
    const clock = by('clock');
    const log: LogEntry[] = [
      ...triggers.map((trigger) => ({ ...clock, what: 'step' as const, trigger })),
      ...deadlineNames.map((deadline) => ({ ...clock, what: 'deadline' as const, deadline })),
      { ...clock, what: 'fact', own: { code: 'quote-changed' } },
      { ...clock, what: 'fact', own: { code: 'x-y-z of a later release' } },
      { ...clock, what: 'decided', outcome: 'some code' },
      { ...clock, what: 'earlier release', text: 'some code', detail: 'x-y-z' },
    ];
    // One that is a single word of the trade, such as an appraisal, is also a word of ours.
    const words = [...triggers, ...deadlineNames, ...everyKind.map(({ kind }) => kind)].filter((name) =>
      /[ -]/.test(name),
    );
    const names = [...words, 'quote-changed', 'clock', 'some code', 'x-y-z'];
    for (const task of tasksIn(ordinary)) {
      const page = pageOf(ordinary, { ...task, log });
      const visible = page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ');
      for (const name of names) expect(visible).not.toContain(name);
    }
  });

  it('allows its one style sheet by hash, and nothing more', () => {
    const style = /<style>(.*?)<\/style>/s.exec(notFoundPage())?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy()).toContain(`style-src 'sha256-${hash}'`);
    expect(style).not.toMatch(/url\(|@import|</);
  });

  it('carries the color and the logo of its store, and its policy allows just these', async () => {
    const logo = { url: 'https://cdn.lakeshore.example/honda.png', width: 160, height: 40 };
    const world = { ...ordinary, store: { ...ordinary.store, letterhead: { color: '#a8142b', logo } } };
    const page = pageOf(world, introductionIn(world));
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const policy = contentSecurityPolicy(world);
    expect(style).toContain('--accent:#a8142b');
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain('img-src https://cdn.lakeshore.example;');
    expect(page).toContain(`<img src="${logo.url}" alt="${ordinary.store.name}"`);
    expect(contentSecurityPolicy(ordinary)).not.toContain('img-src');
  });

  it('stays small enough for a phone with one bar', () => {
    for (const task of tasksIn(ordinary))
      expect(Buffer.byteLength(pageOf(ordinary, task))).toBeLessThan(32_000);
  });
});

describe('what was typed', () => {
  it('stands in its field again, with what is wrong beside it', () => {
    const typed = '"><script>x</script>';
    const outcome: Outcome = { is: 'wrong', choice: 'decline', message: 'Please say why.', typed };
    const page = pageOf(ordinary, introductionIn(ordinary), outcome);
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
    expect(page).toMatch(/<details open>/);
    expect(page).toMatch(/id="decline-reason"[^>]* aria-invalid="true" aria-describedby="decline-error"/);
    expect(page).toContain('<p class="error" id="decline-error">Please say why.</p>');
    expect(page.match(/<details open>/g)).toHaveLength(1);
    expect(page).toMatch(/<title>Please check – /);
  });

  it('is in sight where its choice is folded', () => {
    const wrong: Outcome = { is: 'wrong', choice: 'decline', message: 'Please say why.', typed: '' };
    const page = (outcome?: Outcome) => pageOf(ordinary, introductionIn(ordinary), outcome);
    expect(page(wrong)).toContain('<details class="fold" open>');
    expect(page()).toContain('<details class="fold">');
  });
});

describe('the page behind a nudge', () => {
  it('tells what its email tells: where, whom to see first, what to say, the repair, the customer in Service', () => {
    const task = upgradeIn(ordinary);
    const context = contextOf(ordinary, task, { reader: ordinary.seller });
    const read = (html: string) => {
      const { whole } = readHtml(html);
      return whole.replace(/\s+/g, ' ');
    };
    const page = read(pageOf(ordinary, task));
    const email = read(messageCalled('upgrade-nudge').write(context).html);
    const told = [
      'Where now Waiting in the lounge, promised at 4:00 PM',
      'Talk first to Dana Whitfield, (303) 555-0131',
      'The repair is 54% of the trade-in value',
      'Say: “Dana mentioned you’ve got a decision to make on the car.',
      'Don’t lead with the bill',
      'Cost Quoted $3,840.50; declined $500; left to decide $3,340.50',
      'Trade-in value (est.) $6,100, by trade appraisal',
      'Visits in 12 months 4',
    ];
    for (const one of told) {
      expect(email).toContain(one);
      expect(page).toContain(one);
    }
  });
});

describe('choices', () => {
  it('each have a form of their own, so that Enter makes no other choice', () => {
    const page = pageOf(ordinary, introductionIn(ordinary));
    const forms = page.match(/<form method="post"[^>]*>.*?<\/form>/gs) ?? [];
    expect(forms.length).toBeGreaterThan(5);
    for (const form of forms) expect(form.match(/name="(?:choice|send)"/g)).toHaveLength(1);
  });

  it('are one filled button at most: to accept, then the likely answer; what is less likely is folded', () => {
    const filled = (task: Task) =>
      [...pageOf(ordinary, task).matchAll(/class="row filled"[^>]*><span class="says">(.*?)</g)].map(
        ([, label]) => label,
      );
    for (const task of tasksIn(ordinary)) {
      const { reader } = shown(ordinary, task);
      const isTheirs = task.assignee?.employeeNumber === reader.employeeNumber;
      expect(filled({ ...task, state: 'open' })).toHaveLength(isTheirs ? 1 : 0);
    }
    const accepted = { ...introductionIn(ordinary), state: 'accepted' as const };
    expect(filled(accepted)).toHaveLength(1);
    const [inSight = '', folded = ''] = pageOf(ordinary, accepted).split('<details class="fold">');
    expect(inSight).toContain('value="introduced-in-person"');
    expect(inSight).not.toContain('value="customer-declined"');
    expect(folded).toContain('value="customer-declined"');
  });

  it('of a customer who decides on a repair are all in sight, and none is filled', () => {
    const accepted = { ...repairOptionsIn(ordinary), state: 'accepted' as const };
    const [inSight = ''] = pageOf(ordinary, accepted).split('<details class="fold">');
    for (const choice of ['open-to-looking', 'repair-it', 'not-now']) {
      expect(inSight).toContain(`class="row" name="choice" value="${choice}"`);
    }
    expect(inSight).not.toContain('row filled');
  });

  it('each say what they do next, before they are made', () => {
    const page = pageOf(ordinary, repairOptionsIn(ordinary));
    expect(page).toContain('A good outcome: Sales has nothing more to do.');
    expect(page.match(/class="next"/g)?.length).toBe(page.match(/class="says"/g)?.length);
  });

  it('say nothing that is done unless the task says so, too', () => {
    const outcome: Outcome = { is: 'done', choice: 'accept' };
    expect(pageOf(ordinary, introductionIn(ordinary), outcome)).not.toContain('role="status"');
    const said = [{ ...by(ordinary.advisor.employeeNumber), choice: 'accept' }];
    expect(pageOf(ordinary, { ...introductionIn(ordinary), said }, outcome)).toMatch(
      /role="status"[^>]*><p>Done: <bdi>Accept: I’ve got this/,
    );
  });
});

describe('a page of a handoff', () => {
  it('asks first for the address that is missing', () => {
    const { email: _none, ...customer } = ordinary.customer;
    const missing = pageOf(ordinary, introductionIn({ ...ordinary, customer }));
    expect(missing).toMatch(/<h2 id="choose">What is the customer’s email address\?<\/h2>/);
    expect(missing).toContain('We have no email address for this customer');
    expect(pageOf(ordinary, introductionIn(ordinary))).toMatch(/<h2 id="choose">What happened\?<\/h2>/);
  });

  it('shows when the car is delivered, and what was promised line by line', () => {
    const page = pageOf(ordinary, introductionIn(ordinary));
    expect(page).toMatch(/<dt>Delivered<\/dt><dd><bdi>Friday, November\u00a020, 2026 at 3:00\u00a0PM/);
    expect(page).toMatch(/at the first visit<\/bdi><br><bdi>A second key/);
  });

  it('tells why the sale was reversed, as the dealer system says it', () => {
    const task = introductionIn(ordinary);
    const ended = { at: ordinary.now, by: 'dms', outcome: 'deal unwound' };
    const unwound = { occurredAt: ordinary.now, reason: 'Financing <denied>.' };
    const page = pageOf(ordinary, {
      ...task,
      state: 'cancelled',
      ended,
      facts: { ...task.facts, unwound },
      log: [{ ...by('dms'), what: 'step', trigger: 'closing fact', outcome: ended.outcome }],
    });
    const says = page
      .replace(/<style>.*?<\/style>/s, '')
      .replace(/<[^>]+>/g, '')
      .replaceAll('\u00a0', ' ');
    expect(says).toContain('Closed, Fri, Nov 20, 3:30 PM: the deal was unwound: Financing &lt;denied&gt;.');
    expect(says).toContain('Closed: the deal was unwound: Financing &lt;denied&gt;');
  });
});

describe('the page for saying no', () => {
  const { store, group } = ordinary;
  const page = (wish: Wish, language: 'en' | 'es' = 'en') =>
    preferencesPage(
      {
        language,
        store,
        group,
        address: 'm@example.com',
        wishes: { introduction: wish, service: wish, upgrade: wish },
        refused: [],
      },
      'saved',
    );

  it('stops everything in one press, before the choice of one kind or another', () => {
    expect(page('yes')).toMatch(/value="stop-store".*value="stop-group".*<select/s);
    expect(page('yes')).toContain('<p>Saved. ');
  });

  it('says what was stopped, and offers no stop that is so already', () => {
    expect(page('no-store')).toContain('<p>Done: no more emails from Lakeshore Honda. ');
    expect(page('no-store')).not.toContain('stop-store');
    expect(page('no-store')).toContain('stop-group');
    expect(page('no-group')).toContain('Done: no more emails from any store of Lakeshore Auto Group.');
    expect(page('no-group')).not.toMatch(/stop-(?:store|group)/);
    expect(page('no-store', 'es')).toContain('<p>Listo: no más correos de Lakeshore Honda. ');
  });
});

describe('what carries the least it can', () => {
  it("shows no address, no payoff and no whole VIN of the customer's", () => {
    for (const task of tasksIn(ordinary)) {
      const page = pageOf(ordinary, task);
      expect(page).not.toContain(ordinary.customer.email);
      expect(page).not.toContain(ordinary.vehicle.vin);
    }
    const wishes = { introduction: 'yes', service: 'yes', upgrade: 'yes' } as const;
    const { store, group } = ordinary;
    expect(
      preferencesPage({
        language: 'en',
        store,
        group,
        address: 'maria.lopez@example.com',
        wishes,
        refused: [],
      }),
    ).not.toContain('maria.lopez');
  });

  it('tells nothing of what it was asked for', () => {
    expect(notFoundPage()).toBe(notFoundPage());
    expect(freshLinkPage()).toBe(freshLinkPage());
  });
});

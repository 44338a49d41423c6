import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { handoffName } from '../../functions/contracts/handoff-kinds.ts';
import { aboutCredit } from '../../functions/handoff/choices.ts';
import { everyKind } from '../../functions/handoffs/kinds.ts';
import {
  GOOD_TIME_THEN,
  NOT_THIS_VISIT,
} from '../../functions/handoffs/repair-options/conversation-request.ts';
import type demo from '../../groups/demo.json';
import { pagesOf } from '../kinds/all-pages.ts';
import { ANYBODY, FRIDAY_MORNING, type StaffDesk } from '../kinds/pages.ts';
import { ASKS_ADVISOR, neighboursVisits } from '../kinds/repair-options/pages.ts';
import {
  accessibilityProblems,
  arrivesAt,
  complaintsOf,
  desktop,
  formAnswered,
  newContext,
  overflows,
  phone,
} from './chromium.ts';
import { LocalRun, until } from './local-run.ts';
import { onAPhone } from './on-a-phone.ts';

/** From the inbox through the choice to the changed task, as a person with a phone does it. */

let run: LocalRun;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let numbers = 100;

const withGate = (group: typeof demo) => ({
  ...group,
  stores: group.stores.map((store) =>
    store.id === ASKS_ADVISOR ? { ...store, nudge: { askAdvisorFirst: true } } : store,
  ),
});

onAPhone(
  () => LocalRun.start(FRIDAY_MORNING, withGate, neighboursVisits),
  (played) => {
    ({ run, browser, context, page } = played);
  },
);

const desk: StaffDesk = {
  get run() {
    return run;
  },
  next: () => {
    numbers += 1;
    return String(numbers);
  },
  choose: async (taskId, choice) => {
    await page.goto(await run.linkOfNamed(taskId));
    await press(choice);
  },
};

const introduction = () => pagesOf['service-introduction'].make(desk);
const firstService = () => pagesOf['first-service-visit'].make(desk);
const repair = () => pagesOf['repair-options'].make(desk);

const button = (choice: string) => page.locator(`button[name=choice][value=${choice}]`);

/** What is less likely is folded. */
async function unfold(choice: string): Promise<void> {
  const fold = page.locator('details.fold:not([open])', { has: button(choice) });
  if ((await fold.count()) > 0) await fold.locator('> summary').click();
}

async function press(choice: string): Promise<void> {
  await unfold(choice);
  await button(choice).click();
  await arrivesAt(page, new RegExp(`done=${choice}$`));
}

/** Opens what asks for something, and answers it as a person would on this page. */
async function fill(choice: string, typed: string): Promise<void> {
  await unfold(choice);
  const details = page.locator('details:not(.fold)', { has: button(choice) });
  await details.locator('summary').click();
  const field = details.locator('input:not([type=hidden]), select, textarea');
  if ((await field.evaluate((element) => element.tagName)) !== 'SELECT') return field.fill(typed);
  await field.selectOption(typed === ANYBODY ? { index: 1 } : typed);
}

describe('every choice of every kind', () => {
  const cases = handoffName.options.flatMap((kind) =>
    pagesOf[kind].choices.map((one) => [kind, one.choice, one] as const),
  );

  // Played in credit.test.ts: the one follows from a later sale, the other from an introduction that a person started.
  const elsewhere = new Set([
    ...everyKind.flatMap(({ kind }) => aboutCredit.map(({ name }) => `${kind}: ${name}`)),
    'service-introduction: started-by-mistake',
    `repair-options: ${GOOD_TIME_THEN}`,
    `repair-options: ${NOT_THIS_VISIT}`,
  ]);

  it('is tried below', () => {
    const all = everyKind
      .flatMap(({ kind, choices }) => choices.map(({ name }) => `${kind}: ${name}`))
      .filter((one) => !elsewhere.has(one));
    expect(cases.map(([kind, choice]) => `${kind}: ${choice}`).toSorted()).toEqual(all.toSorted());
  });

  const looked = new Set<string>();
  /** Pages of one sort are much the same. */
  async function lookOnceAt(sort: string): Promise<void> {
    if (looked.has(sort)) return;
    looked.add(sort);
    expect(await accessibilityProblems(page, ['light'])).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }

  it.each(cases)('%s: %s', async (kind, choice, { typed, becomes, make, link }) => {
    const taskId = await (make ?? pagesOf[kind].make)(desk);
    await page.goto(await (link ? link(run, taskId) : run.linkOfNamed(taskId)));
    if (typed !== undefined) await fill(choice, typed);
    await lookOnceAt(make ? choice : kind);
    await press(choice);
    expect(await page.locator('[role=status]').textContent()).toMatch(/^Done: /);
    const task = await run.task(taskId);
    expect(task).toMatchObject(becomes);
    expect(task?.log).toContainEqual(expect.objectContaining({ what: 'choice', choice }));
    await lookOnceAt(`${kind} ${task?.state}`);
  });
});

describe('a page', () => {
  it('of each kind is without fault for axe, at both widths, and never wider than the screen', async () => {
    const links = [];
    for (const { make } of Object.values(pagesOf)) links.push(await run.linkOfNamed(await make(desk)));
    const [one = ''] = links;
    for (const shape of [phone, desktop]) {
      const window = await newContext(browser, shape);
      const tab = await window.newPage();
      const said = complaintsOf(tab);
      for (const link of [...links, `${one.slice(0, -3)}xyz`]) {
        await tab.goto(link);
        expect(await accessibilityProblems(tab)).toEqual([]);
        expect(await overflows(tab)).toBe(false);
      }
      expect(said).toEqual([]);
      await window.close();
    }
  });

  it('works without a script, since it has none', async () => {
    const taskId = await introduction();
    const plain = await newContext(browser, { ...phone, javaScriptEnabled: false });
    const tab = await plain.newPage();
    await tab.goto(await run.linkOfNamed(taskId));
    await tab.locator('button[value=accept]').click();
    await arrivesAt(tab, /done=accept$/);
    expect((await run.task(taskId))?.state).toBe('accepted');
    await plain.close();
  });

  it('has targets that a thumb hits, and a focus that is seen', async () => {
    await page.goto(await run.linkOfNamed(await introduction()));
    for (const target of await page.locator('button:visible, summary:visible').all()) {
      expect((await target.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(48);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth');
    expect(outline).toBe('3px');
  });

  it('is worked by the keyboard alone', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await page.locator('summary', { hasText: 'Something else' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('summary', { hasText: 'Add a note' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await arrivesAt(page, /done=note$/);
    expect(await page.locator('[role=status]').textContent()).toContain('By keyboard');
  });

  it('makes no choice when Enter is pressed in a field but that of the field', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await fill('decline', 'In a meeting');
    await page.keyboard.press('Enter');
    await arrivesAt(page, /done=decline$/);
    expect((await run.task(taskId))?.state).toBe('open');
  });

  it('of a repair prints both columns on one page', async () => {
    await page.goto(await run.linkOfNamed(await repair()));
    const paper = await page.pdf({ format: 'Letter' });
    expect(paper.toString('latin1')).toMatch(/\/Count 1\b/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.paper table.columns').isVisible()).toBe(true);
    expect(await page.locator('main').isVisible()).toBe(false);
    expect(await page.locator('button:visible').count()).toBe(0);
  });
});

describe('a choice', () => {
  it('is made once by a double click', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await button('accept').dblclick();
    await arrivesAt(page, /done=accept$/);
    expect(await page.locator('[role=status]').textContent()).toContain('Done: Accept: I’ve got this.');
    expect(await page.locator('.story li', { hasText: 'I’ve got this' }).count()).toBe(1);
  });

  it('is not made again by reloading, by going back, or by pressing there again', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await press('accept');
    await page.reload();
    expect(await page.locator('[role=status]').textContent()).toContain('Done: Accept: I’ve got this.');
    await page.goBack();
    const stale = button('accept');
    if (await stale.isVisible()) {
      await Promise.all([formAnswered(page), stale.click()]);
      await page.locator('[role=status], [role=alert]').first().waitFor();
    }
    expect(await page.locator('h1').textContent()).toContain('Introduce');
    await page.goForward().catch(() => undefined);
    expect((await run.task(taskId))?.state).toBe('accepted');
    await page.goto(page.url().split('?')[0] ?? '');
    expect(await page.locator('.story li', { hasText: 'I’ve got this' }).count()).toBe(1);
  });

  it('is taken back, and made anew', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await press('introduced-in-person');
    await press('undo');
    expect(await page.locator('[role=status]').textContent()).toContain('Taken back: Introduced in person');
    expect((await run.task(taskId))?.state).toBe('open');
    await press('introduced-by-video');
    expect((await run.task(taskId))?.state).toBe('completed');
  });

  it('with a field left wrong shows what is wrong beside it, and keeps what was typed', async () => {
    const taskId = await firstService();
    await page.goto(await run.linkOfNamed(taskId));
    await page
      .locator('form')
      .evaluateAll((forms) => forms.map((form) => form.setAttribute('novalidate', '')));
    await fill('visit-booked', '2026-11-19T09:30');
    await button('visit-booked').click();
    await page.waitForLoadState();
    expect(await page.locator('[role=alert]').textContent()).toContain('That time has passed');
    expect(await page.locator('[aria-invalid=true]').inputValue()).toBe('2026-11-19T09:30');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect((await run.task(taskId))?.state).toBe('open');
  });

  it('of two people at once is one after the other, and the second sees what happened', async () => {
    const taskId = await introduction();
    const link = await run.linkOfNamed(taskId);
    const other = await context.newPage();
    await Promise.all([page.goto(link), other.goto(link)]);
    await fill('hand-over', '1043');
    await press('hand-over');
    await other.locator('button[value=introduced-in-person]').click();
    await other.waitForLoadState();
    expect(await other.locator('[role=alert]').textContent()).toContain('had moved on');
    expect(await other.locator('.now').textContent()).toContain('Greg Lindqvist');
    expect((await run.task(taskId))?.state).toBe('open');
  });
});

const isWalkOver = ({ choice }: { choice: string }) => choice === 'walked-over';

describe('a link', () => {
  it('of the salesperson shows the handoff, and offers their own part of it: they sign nothing', async () => {
    const { make, link } = pagesOf['service-introduction'].choices.find(isWalkOver) ?? {};
    await page.goto((make && (await link?.(run, await make(desk)))) ?? '');
    expect(
      await page
        .locator('button[name=choice]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('value'))),
    ).toEqual(['walked-over', 'met-somebody-else', 'first-visit-booked', 'note']);
  });

  it('that is forged opens what an unknown one opens', async () => {
    const link = await run.linkOfNamed(await introduction());
    const forged = await page.goto(`${link.slice(0, -4)}AAAA`);
    const text = await page.locator('main').textContent();
    const unknown = await page.goto(link.replace(/\/t\/[0-9a-f]{32}/, `/t/${'0'.repeat(32)}`));
    expect([forged?.status(), unknown?.status()]).toEqual([404, 404]);
    expect(await page.locator('main').textContent()).toBe(text);
  });

  it('that expired sends a fresh one to the roster’s address, which works', async () => {
    const taskId = await introduction();
    const link = await run.linkOfNamed(taskId);
    await run.expireLinks(taskId);
    await page.goto(link);
    await button('fresh-link').click();
    await page.waitForLoadState();
    expect(await page.locator('[role=status]').textContent()).toContain('If that link was yours');
    expect(await accessibilityProblems(page)).toEqual([]);
    const fresh = await until('the fresh link', async () => {
      const email = (await run.inbox()).find(
        ({ text }) => text.includes('A fresh link, as you asked.') && text.includes(taskId),
      );
      return email && new RegExp(`http[^"]*/t/${taskId}/[\\w-]+`).exec(email.html)?.[0];
    });
    await page.goto(fresh);
    await press('introduced-in-person');
    expect((await run.task(taskId))?.state).toBe('completed');
  });
});

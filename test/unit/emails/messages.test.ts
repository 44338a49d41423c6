import { describe, expect, test } from 'vitest';
import { messages } from '../../../functions/handoffs/letters.ts';
import {
  bare,
  casesOf,
  contextOf,
  dayCasesOf,
  declinedBefore,
  type EmailCase,
  firstServiceIn,
  hostile,
  hostileNames,
  introductionIn,
  messageCalled,
  ordinary,
  PREFERENCES_LINK,
  spanish,
  TASK_LINK,
  write,
  writeDay,
} from '../../support/email-fixtures.ts';
import { isWellFormed, readHtml } from '../../support/email-reading.ts';
import { everyMessage, messagesAtTheEdge, worldsAtTheEdge } from '../../support/emails/every-message.ts';

const toCustomer = (one: EmailCase) => messageCalled(one.name).to === 'customer';
const toStaff = (one: EmailCase) => messageCalled(one.name).to === 'staff';
const titled = (cases: EmailCase[]) => cases.map((one) => [`${one.name} (${one.variant})`, one] as const);

const usual = casesOf(ordinary);
const allWorlds = [
  ...usual,
  ...casesOf(spanish),
  ...casesOf(bare),
  ...Object.values(hostileNames).flatMap((name) => casesOf(hostile(name))),
];

describe('every message', () => {
  test('is written in at least one of these cases', () => {
    const tried = new Set(usual.map(({ name }) => name));
    expect([...tried].toSorted()).toEqual([...messages.keys()].toSorted());
  });

  test('has a subject of one line that an inbox shows whole', () => {
    for (const one of allWorlds) {
      const { subject } = write(one);
      expect(subject, one.name).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(subject.length, `${one.name}: ${subject}`).toBeLessThanOrEqual(120);
      expect(subject.trim(), one.name).not.toBe('');
    }
  });

  test('has a subject that a phone shows whole, with names and times uncut', () => {
    const lists = dayCasesOf(ordinary).map(writeDay);
    for (const { subject } of [...usual.map(write), ...casesOf(spanish).map(write), ...lists]) {
      expect(subject.length, subject).toBeLessThanOrEqual(60);
      expect(subject).not.toContain('…');
    }
  });

  test('has a preview line that says something that the subject does not', () => {
    for (const one of [...usual, ...casesOf(spanish)]) {
      const { subject, html } = write(one);
      const { preview } = readHtml(html);
      expect(preview, one.name).not.toBe('');
      expect(subject).not.toContain(preview.slice(0, 20));
      expect(preview).not.toContain(subject);
    }
  });

  test('never shows a value that is missing', () => {
    for (const one of allWorlds) {
      const { subject, html, text } = write(one);
      for (const part of [subject, html, text]) {
        expect(part, one.name).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object|Invalid Date/);
      }
    }
  });

  test('says the same in plain text as in HTML', () => {
    for (const one of allWorlds) {
      const { html, text } = write(one);
      const plain = flat(text);
      for (const block of readHtml(html).card) {
        expect(plain, `${one.name} (${one.variant})`).toContain(flat(block));
      }
    }
  });

  test('leads from plain text wherever its HTML leads', () => {
    const all = [...everyMessage(), ...Object.values(worldsAtTheEdge).flatMap(messagesAtTheEdge)];
    for (const { name, variant, email } of all) {
      for (const { href, text } of readHtml(email.html).links) {
        // A number or a mailbox that stands there as such can be called and written to.
        const shown = /^(?:tel|mailto):/.test(href) ? [href, text] : [href];
        expect(
          shown.some((one) => email.text.includes(one)),
          `${name} (${variant}): ${text} leads to ${href}`,
        ).toBe(true);
      }
    }
  });

  test('shows the same whenever it is written again', () => {
    for (const one of usual) expect(write(one)).toEqual(write(one));
  });

  test('loads nothing from elsewhere but the photo of the advisor, which has a text in its place', () => {
    for (const one of allWorlds) {
      const { html } = write(one);
      const { images } = readHtml(html);
      for (const image of images) {
        expect(image.src).toBe(ordinary.advisor.photo);
        expect(image.alt).not.toBe('');
      }
      expect(html).not.toMatch(/<(script|link|iframe|object|form)\b|url\(|@import/i);
    }
  });

  test('is well-formed, whatever the names are', () => {
    for (const one of allWorlds) expect(isWellFormed(write(one).html), one.name).toBe(true);
  });
});

describe('names that break careless templates', () => {
  test.each(Object.entries(hostileNames))('%s comes through intact and harmless', (_what, name) => {
    for (const one of casesOf(hostile(name))) {
      const { html, text } = write(one);
      const shown = name
        .replace(/[\r\n]+/g, ' ')
        .replace(/[\u202e\u2066]/g, '')
        .trim();
      expect(readHtml(html).whole, one.name).toContain(shown);
      expect(text, one.name).toContain(shown);
      expect(html, one.name).not.toMatch(/<b>|<script/);
    }
  });

  test('a name that runs from right to left does not turn the sentence around it', () => {
    const [first] = casesOf(hostile(hostileNames.arabic)).filter(({ name }) => name === 'walk-over');
    expect.assert(first);
    const { subject, text, html } = write(first);
    expect(subject).toContain(`\u2068${hostileNames.arabic}`);
    expect(text).toContain(`\u2068${hostileNames.arabic}\u2069`);
    expect(html).toContain(`<bdi>${hostileNames.arabic}</bdi>`);
    expect(subject.split('\u2068').length).toBe(subject.split('\u2069').length);
  });

  test('an address that is no web address never becomes a link', () => {
    const world = {
      ...ordinary,
      advisor: { ...ordinary.advisor, photo: 'javascript:alert(1)' },
      store: { ...ordinary.store, bookingLink: 'javascript:alert(1)' },
    };
    const { html } = messageCalled('first-service-invitation').write(contextOf(world, firstServiceIn(world)));
    expect(html).not.toContain('javascript:');
  });
});

describe('an email to a customer', () => {
  test.each(titled(usual.filter(toCustomer)))(
    '%s carries the postal address and one way to say no',
    (_title, one) => {
      const { html, text } = write(one);
      const links = readHtml(html).links.filter(({ href }) => href === PREFERENCES_LINK);
      expect(links).toHaveLength(1);
      for (const part of [readHtml(html).whole, text]) {
        expect(part).toContain('4405 Reservoir Avenue, Lakewood, CO 80226');
      }
      expect(text).toContain(PREFERENCES_LINK);
    },
  );

  test('offers nothing: it is service mail', () => {
    const ads =
      /\b(offers?|deals?|discounts?|sale price|save|upgrade|trade|special|coupon|finance|ofertas?|descuentos?|promoci[oó]n|ahorre|financiamiento|cupón)\b/i;
    for (const one of [...usual, ...casesOf(spanish)].filter(toCustomer)) {
      const { subject, text } = write(one);
      expect(`${subject}\n${text}`, one.name).not.toMatch(ads);
    }
  });

  test('is answered to the advisor, and to nobody in particular where the advisor has left', () => {
    const task = introductionIn(ordinary);
    const { write } = messageCalled('introduction-to-customer');
    expect(write(contextOf(ordinary, task)).replyTo).toBe(ordinary.advisor.email);
    const without = write(contextOf(ordinary, task, { gone: [ordinary.advisor] }));
    expect(without.replyTo).toBeUndefined();
  });

  test('never names an advisor who has left', () => {
    for (const one of usual.filter(toCustomer)) {
      const person = () => undefined;
      const email = messageCalled(one.name).write({ ...one.context, person });
      expect(JSON.stringify(email), one.name).not.toMatch(/Dana|Whitfield|1204/);
    }
  });

  test.each(titled(casesOf(spanish).filter(toCustomer)))(
    '%s is in Spanish for who prefers it',
    (_title, one) => {
      const { html, text, subject } = write(one);
      expect(html).toContain('<html lang="es"');
      expect(text).toMatch(/Hola, Maria/);
      expect(`${subject} ${text}`).not.toMatch(/\b(your|please|hello|miles|whichever|booked)\b/i);
    },
  );

  test('asks for a click on one thing only', () => {
    for (const one of usual.filter(toCustomer)) {
      expect(readHtml(write(one).html).buttons.length, one.name).toBeLessThanOrEqual(1);
    }
  });
});

describe('an email to staff', () => {
  test.each(titled(usual.filter(toStaff)))('%s leads to the handoff by one button', (_title, one) => {
    const { html, text } = write(one);
    const label = one.button ?? 'See this handoff';
    const href = label === 'See the sheet' ? `${TASK_LINK}/sheet` : TASK_LINK;
    expect(readHtml(html).buttons).toEqual([{ href, text: label }]);
    expect(html.split(TASK_LINK)).toHaveLength(2);
    expect(text.split(TASK_LINK)).toHaveLength(2);
  });

  test('carries the least it can: no payoff, rate, account or whole VIN', () => {
    for (const one of [...usual, ...casesOf(bare)].filter(toStaff)) {
      const { subject, text, html } = write(one);
      expect(`${subject} ${text}`, one.name).not.toMatch(
        /payoff|\bAPR\b|interest|account number|social security/i,
      );
      expect(html, one.name).not.toContain(ordinary.vehicle.vin);
    }
  });

  test('begins with why the reader has it, where there is a reason', () => {
    for (const one of usual.filter(toStaff)) {
      const { text } = messageCalled(one.name).write({ ...one.context, ...declinedBefore(ordinary) });
      expect(text, one.name).toMatch(/^A colleague can't take it: Kim Tran is on vacation\n/);
    }
  });

  test('is never told how the customer says no', () => {
    for (const one of usual.filter(toStaff)) expect(write(one).html).not.toContain(PREFERENCES_LINK);
  });
});

test('a message that a task of another kind owes is a mistake that is found at once', () => {
  expect(() => messageCalled('walk-over').write(contextOf(ordinary, firstServiceIn(ordinary)))).toThrow(
    'first-service-visit',
  );
});

/** Text without what only layout differs in. */
function flat(text: string): string {
  return text
    .replace(/[\u2068\u2069]/g, '')
    .replace(/[\s;]+/g, ' ')
    .trim()
    .toLowerCase();
}

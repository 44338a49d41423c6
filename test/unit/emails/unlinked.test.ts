import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unlinked } from '../../../functions/mail/unlinked.ts';
import {
  casesOf,
  messageCalled,
  ordinary,
  spanish,
  type World,
  write,
} from '../../support/email-fixtures.ts';
import { readHtml } from '../../support/email-reading.ts';

/** What mail programs link, put loosely: a scheme with a host, `www.` with more, or words with a domain's ending. */
const linkable = /:\/\/[^\s]|\bwww\.\S|[^\s.]\.\p{L}[\p{L}\p{N}-]/iu;

describe('a web address in somebody else’s text', () => {
  test.each([
    ['a domain', 'Win at prizes.example', 'Win at prizes. example'],
    [
      'an address with a path',
      'https://evil.example/pay.php?a=b.co',
      'https:// evil. example/pay. php?a=b. co',
    ],
    ['one without a scheme', 'www.evil.example', 'www. evil. example'],
    ['a subdomain that begins with a digit', 'WWW.1evil.com', 'WWW. 1evil. com'],
    ['two endings', 'evil.co.uk', 'evil. co. uk'],
    ['a host without a dot', 'http://localhost/x', 'http:// localhost/x'],
    ['a number for a host', 'http://203.0.113.9/x', 'http:// 203.0.113.9/x'],
    ['an ending in another script', 'пример.рф', 'пример. рф'],
    ['an ending in punycode', 'evil.xn--p1ai', 'evil. xn--p1ai'],
    ['an email address', 'pay@evil.example', 'pay@evil. example'],
    ['a wide dot', 'evil。example', 'evil。 example'],
    ['a character that nobody sees behind the dot', 'evil.\u200dexample', 'evil. \u200dexample'],
    ['a mark that we drop behind the dot', 'evil.\u200eexample', 'evil. example'],
    ['a line break in the middle', 'evil\r\n.example', 'evil .example'],
    ['a sentence that lacks its space', 'Mats.Second key', 'Mats. Second key'],
  ])('%s is shown and not linked', (_what, text, shown) => {
    expect(unlinked(text)).toBe(shown);
    expect(unlinked(text)).not.toMatch(linkable);
  });

  test.each([
    'J.R. Ewing',
    'Dr. Lopez, Jr.',
    'CR-V 1.5T',
    '2.0TSI',
    'at 9 a.m.',
    'U.S. Steel Corp.',
    'María José',
    'AT&T',
    'ID.4',
    '1/2',
  ])('%s stays as it is', (text) => {
    expect(unlinked(text)).toBe(text);
  });

  test('is none any more, whatever the text is, and breaking it again changes nothing', () => {
    const letters = fc.constantFrom(...'aZ9.-:/@ wé。\u200d'.split(''), 'www.', 'http://', '.com', '\u202e');
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 30 }), (text) => {
        const shown = unlinked(text);
        expect(shown).not.toMatch(linkable);
        expect(unlinked(shown)).toBe(shown);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an email to a customer', () => {
  const hostile = (world: World, address: string): World => ({
    ...world,
    customer: { ...world.customer, firstName: address, lastName: address, companyName: address },
    vehicle: { ...world.vehicle, make: address, model: address },
    promises: [`Your gift: ${address}`, address],
    prepaid: [address],
  });

  test.each(['evil.example', 'https://evil.example/login', 'www.evil.example', 'pay@evil.example'])(
    'links no %s, wherever a sender can write it, in HTML and in plain text',
    (address) => {
      const all = [ordinary, spanish].flatMap((world) => casesOf(hostile(world, address)));
      const toCustomers = all.filter(({ name }) => messageCalled(name).to === 'customer');
      expect(toCustomers.length).toBeGreaterThan(5);
      for (const one of toCustomers) {
        const { subject, html, text } = write(one);
        for (const part of [subject, html, text]) expect(part, one.name).not.toContain('evil.example');
        expect(readHtml(html).whole, one.name).toContain('evil. example');
        expect(text, one.name).toContain('evil. example');
      }
    },
  );
});

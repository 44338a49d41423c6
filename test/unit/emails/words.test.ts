import { describe, expect, test } from 'vitest';
import { html, safeAddress } from '../../../functions/mail/html.ts';
import {
  ours,
  phone,
  shortened,
  subjectLine,
  words,
  wordsToHtml,
  wordsToText,
} from '../../../functions/mail/words.ts';

describe('HTML', () => {
  test('escapes what is put into it, and not what it is made of', () => {
    const inner = html`<em>${'<&>"\''}</em>`;
    expect(html`<p>${inner}${undefined}${[1, 'a&b']}</p>`.toString()).toBe(
      '<p><em>&lt;&amp;&gt;&quot;&#39;</em>1a&amp;b</p>',
    );
  });

  test('links lead to the web, to a phone or to a mailbox, and nowhere else', () => {
    expect(safeAddress('https://example.com/?a=1')).toBe('https://example.com/?a=1');
    expect(safeAddress('javascript:alert(1)')).toBeUndefined();
    expect(safeAddress('data:text/html,x')).toBeUndefined();
    expect(safeAddress('not an address')).toBeUndefined();
  });
});

describe('a sentence', () => {
  test('is the same in both forms, with values isolated where that is needed', () => {
    const sentence = words`Hello ${'Ann <b>'}, meet ${'שרה'}`;
    expect(wordsToHtml(sentence).toString()).toBe('Hello <bdi>Ann &lt;b&gt;</bdi>, meet <bdi>שרה</bdi>');
    expect(wordsToText(sentence)).toBe('Hello Ann <b>, meet \u2068שרה\u2069');
  });

  test('drops line breaks and characters that turn the text around', () => {
    expect(wordsToText(words`${'a\r\nBcc: b'} ${'x\u202ey\u2069\u0000z'}`)).toBe('a Bcc: b xyz');
  });

  test('keeps a time, a distance and a date on one line', () => {
    expect(wordsToHtml(words`Nov 20 at 4:00 PM, or 7,500 miles`).toString()).toBe(
      'Nov\u00a020 at 4:00\u00a0PM, or 7,500\u00a0miles',
    );
  });

  test.each(['CR-V', 'F-150', 'CX-5'])('keeps a model in one piece: %s', (model) => {
    expect(wordsToHtml(words`Your ${`2026 ${model} Hybrid`}`).toString()).toBe(
      `Your <bdi>2026 <span class="unbroken">${model}</span> Hybrid</bdi>`,
    );
    expect(wordsToText(words`Your ${model}`)).toBe(`Your ${model}`);
  });

  test.each(['847-555-0131', '48-211', '2026-11-20', 'C-20417', 'all-weather'])(
    'breaks %s where it may',
    (text) => {
      expect(wordsToHtml(words`${text}`).toString()).toBe(`<bdi>${text}</bdi>`);
    },
  );

  test('makes a number one to tap, as far as it is one', () => {
    expect(wordsToHtml(phone('(303) 555-0131')).toString()).toContain('href="tel:+13035550131"');
    expect(wordsToHtml(phone('303.555.0131 ext. 12')).toString()).toContain('href="tel:+13035550131"');
    expect(wordsToHtml(phone('+52 55 1234 5678')).toString()).toContain('href="tel:+525512345678"');
    expect(wordsToHtml(phone('ask Dana')).toString()).not.toContain('href');
  });
});

describe('a subject', () => {
  test('is one line, cut between letters, with every isolation closed', () => {
    const long = 'مرحبا بالعالم '.repeat(20);
    const subject = subjectLine(words`Walk ${long} over to ${long} in the service department of ${long}`);
    expect(subject.length).toBeLessThanOrEqual(120);
    expect(subject.split('\u2068').length).toBe(subject.split('\u2069').length);
    expect(subjectLine(words`a${'b\nc'}   d`)).toBe('ab c d');
  });

  test('shortens a long name, and never the time', () => {
    const subject = subjectLine(
      words`Be there: ${'Maximiliana Wolfeschlegelsteinhausen'}, first service ${ours('Sat, Nov 21, 10:00 AM')}`,
    );
    expect(subject).toBe('Be there: Maximiliana…, first service Sat, Nov 21, 10:00 AM');
  });

  test('never cuts a letter that is made of several characters', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(shortened(family.repeat(10), 30)).toBe(`${family.repeat(2)}…`);
    expect(shortened('short', 30)).toBe('short');
  });
});

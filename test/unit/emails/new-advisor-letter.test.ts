import { describe, expect, test } from 'vitest';
import {
  bare,
  hostile,
  hostileNames,
  ordinary,
  PREFERENCES_LINK,
  spanish,
} from '../../support/email-fixtures.ts';
import { isWellFormed, readHtml } from '../../support/email-reading.ts';
import { letterCases, letterPageOf, writeLetterOf } from '../../support/letter-fixtures.ts';

const [usual, naming] = letterCases;
if (!usual || !naming) throw new Error('a case is missing');
const worlds = [ordinary, spanish, bare, ...Object.values(hostileNames).map(hostile)];

describe('the letter to the customers of an advisor who left', () => {
  test('carries the address of the store and the way to say no, in HTML and in plain text', () => {
    for (const world of worlds) {
      const { html, text } = writeLetterOf(world, usual);
      expect(text).toContain(PREFERENCES_LINK);
      expect(html).toContain(PREFERENCES_LINK);
      expect(text).toContain(world.store.postalAddress.street);
    }
  });

  test('names who left only where the store allows it', () => {
    const { name } = ordinary.colleague;
    expect(JSON.stringify(writeLetterOf(ordinary, usual))).not.toContain(name);
    expect(writeLetterOf(ordinary, naming).text).toContain(`${name} has moved on`);
    expect(writeLetterOf(spanish, naming).text).toContain(`${name} ya no está con nosotros`);
  });

  test('is a hello and no offer: nothing to buy, to book or to click but the way to say no', () => {
    for (const world of [ordinary, spanish]) {
      const { html, text } = writeLetterOf(world, usual);
      expect(readHtml(html).buttons).toEqual([]);
      expect(text).not.toMatch(/\$|offer|discount|special|sale|oferta|descuento|promoci/iu);
      expect(text).not.toContain(world.store.bookingLink);
    }
  });

  test('says whom to call where the new advisor has a direct line, and brings the contact card', () => {
    const { text, attachments = [], replyTo, fromName } = writeLetterOf(ordinary, usual);
    expect(text).toContain(ordinary.advisor.phone);
    expect(attachments.map(({ contentType }) => contentType)).toEqual(['text/vcard; charset=utf-8']);
    expect(replyTo).toBe(ordinary.advisor.email);
    expect(fromName).toContain(ordinary.advisor.name);
  });

  test('stays whole with every name that breaks careless templates, and so does the page that shows it', () => {
    for (const world of worlds) {
      expect(isWellFormed(writeLetterOf(world, naming).html)).toBe(true);
      expect(letterPageOf(world, naming)).not.toContain('<script>');
    }
  });

  test('has a subject that a phone shows whole', () => {
    for (const world of [ordinary, spanish])
      expect(writeLetterOf(world, usual).subject.length).toBeLessThanOrEqual(60);
  });
});

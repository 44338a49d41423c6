import { describe, expect, it } from 'vitest';
import { parseGroup } from '../../../functions/group/group-file.ts';
import { phraseIn, saidIn } from '../../../functions/group/said-by-language.ts';
import { findMessage } from '../../../functions/handoffs/letters.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { spanish, type World } from '../../kinds/emails.ts';
import { firstServiceEmails } from '../../kinds/first-service/emails.ts';

const inSpanish = (change: Partial<World>): string => {
  const world = { ...spanish, ...change };
  const letter = firstServiceEmails.cases(world).find(({ name }) => name === 'first-service-confirmation');
  const email = letter && findMessage(letter.name)?.write(letter.context);
  if (!email) throw new Error('there is no confirmation');
  return email.text;
};
const { group, store } = spanish;

describe('a letter in Spanish', () => {
  it('says how to arrive in Spanish where the store has written it, and else that it is in English', () => {
    const written = { ...store, serviceDriveDirections: { en: 'Lane 2', es: 'Carril 2' } };
    expect(inSpanish({ store: written })).toContain('Carril 2');
    expect(inSpanish({ store: { ...store, serviceDriveDirections: { en: 'Lane 2' } } })).toContain(
      '(en inglés)',
    );
  });

  it('says a promise that the group translates in Spanish, and keeps any other apart, as it was noted', () => {
    const phrases = { 'a second key': { en: 'A second key', es: 'Una segunda llave' } };
    const text = inSpanish({
      group: { ...group, phrases },
      promises: ['A second key', 'Roof rails'],
      prepaid: [],
    });
    expect(text).toContain('Una segunda llave');
    expect(text).toContain('según su compra: Roof rails');
    expect(text).not.toContain('A second key');
  });
});

describe('the group’s file', () => {
  it('takes directions as one text, as before, or by language', () => {
    const one = { ...demo, stores: demo.stores.map((it) => ({ ...it, serviceDriveDirections: 'Lane 2' })) };
    expect(parseGroup(one).stores[0]?.serviceDriveDirections).toEqual({ en: 'Lane 2' });
    expect(saidIn({ en: 'Lane 2', es: 'Carril 2' }, 'es')).toEqual({ text: 'Carril 2', isTranslated: true });
  });

  it('knows a phrase in any case, and says a code of the DMS in words in English, too', () => {
    const phrases = { MATS: { en: 'Floor mats', es: 'Tapetes' } };
    expect(phraseIn(phrases, ' mats ', 'en').text).toBe('Floor mats');
    expect(phraseIn(phrases, 'Roof rails', 'es')).toEqual({ text: 'Roof rails', isTranslated: false });
  });
});

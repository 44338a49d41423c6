import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLanguage } from '../../../functions/contracts/language.ts';
import { readCustomerName } from '../../../functions/contracts/person-name.ts';
import { nameKey } from '../../../functions/customers/name-key.ts';

const last = (lastName: string) => readCustomerName({ lastName }).value;
const both = (firstName: unknown, lastName: unknown) => readCustomerName({ firstName, lastName }).value;

describe('a name is written as people write it', () => {
  test.each([
    ['MARIA', 'LOPEZ', 'Maria', 'Lopez'],
    ['JOHN', "O'NEIL-SMITH JR", 'John', "O'Neil-Smith Jr"],
    ['AMÉLIE', 'MCDONALD', 'Amélie', 'McDonald'],
    ['ANA MARÍA', 'DE LA CRUZ', 'Ana María', 'De la Cruz'],
    ['JAN', 'VAN DER MERWE', 'Jan', 'Van der Merwe'],
    ['LEO', 'DA VINCI', 'Leo', 'Da Vinci'],
    ['MACKENZIE', 'MACDONALD', 'Mackenzie', 'MacDonald'],
    ['SAM', 'MACHADO', 'Sam', 'Machado'],
    ['Maria', 'KOWALSKI', 'Maria', 'Kowalski'],
    ['ALİ', 'ŞAHİN', 'Ali', 'Şahin'],
    ['MARY', 'O’MALLEY', 'Mary', 'O’Malley'],
    ['MARY', 'O`MALLEY', 'Mary', "O'Malley"],
    ['JOHN / MARY', 'SMITH*', 'John & Mary', 'Smith'],
    ['JJ', 'HENRY III', 'JJ', 'Henry III'],
    ['J.R.', 'NG', 'J.R.', 'Ng'],
    ['ANN & BOB', 'LEE', 'Ann & Bob', 'Lee'],
    ['ANN AND BOB', "D'ANGELO", 'Ann and Bob', "D'Angelo"],
    ['AJ', 'Smith', 'AJ', 'Smith'],
    ['Zo&eacute;', 'M&uuml;ller', 'Zoé', 'Müller'],
    ['Jos&#233;', 'N&#xFA;&ntilde;ez', 'José', 'Núñez'],
    ['Ann &amp; Bob', 'Lee', 'Ann & Bob', 'Lee'],
    ['\u200bMaria\u202e', ' Lopez\u00ad ', 'Maria', 'Lopez'],
    ['Zo&amp;eacute;', 'Ma\u200byer', 'Zoé', 'Mayer'],
    ['maria', 'lopez', 'Maria', 'Lopez'],
    ['ליאור', '\u202bכהן\u202c', 'ליאור', 'כהן'],
  ])('%s %s as %s %s', (first, surname, firstName, lastName) =>
    expect(both(first, surname)).toEqual({ firstName, lastName }),
  );

  test.each([
    ['KOWALSKI, MARIA', { firstName: 'Maria', lastName: 'Kowalski' }],
    ['Núñez, José', { firstName: 'José', lastName: 'Núñez' }],
    ['LEE, ANN & BOB', { firstName: 'Ann & Bob', lastName: 'Lee' }],
    ['SMITH, JOHN, JR', { firstName: 'John', lastName: 'Smith Jr' }],
    ['SMITH, JOHN / JONES, MARY', { lastName: 'John Smith & Mary Jones' }],
    ['SMITH, JOHN & JONES, MARY', { lastName: 'John Smith & Mary Jones' }],
    ['SMITH, JR', { lastName: 'Smith Jr' }],
    ['ACME FLEET, LLC', { companyName: 'ACME FLEET, LLC' }],
    ['Ann & Bob Lee', { lastName: 'Ann & Bob Lee' }],
  ])('%s in one field', (written, names) => expect(last(written)).toEqual(names));

  test.each(['-', '—', 'N/A', 'n/a', 'NONE', '.', '\u200b', '\u202e', '\u3164', '&nbsp;', 'Unknown'])(
    '%j is no name',
    (written) => expect(both(written, 'Lee')).toEqual({ lastName: 'Lee' }),
  );

  test.each(['Na', 'Xu', 'X Æ A-12', '李', 'Nunn'])('%s is one', (written) =>
    expect(last(written)).toEqual({ lastName: written }),
  );

  test('a customer is recognised by it as before', () => {
    const names = fc.stringMatching(/^[A-Z][A-Z' -]{0,20}[A-Z]$/);
    fc.assert(
      fc.property(names, names, (firstName, lastName) => {
        const key = nameKey({ firstName, lastName });
        expect(nameKey(Object.assign({}, both(firstName, lastName)))).toBe(key);
      }),
    );
  });
});

describe('a language is understood', () => {
  test.each([
    ['es-US', 'es-US'],
    ['es_MX', 'es-MX'],
    ['es_MX.UTF-8', 'es-MX'],
    ['ES', 'es'],
    ['spa', 'es'],
    ['SP', 'es'],
    ['Spanish', 'es'],
    ['SPANISH (MEXICO)', 'es'],
    ['español', 'es'],
    ['Espanol', 'es'],
    ['fr-CA', 'fr-CA'],
    ['Français', 'fr'],
    ['eng', 'en'],
    ['English', 'en'],
    ['Vietnamese', 'vi'],
    ['Mandarin', 'zh'],
    ['Spanish; Castilian', 'es'],
    ['SPN', 'es'],
    ['Tagalog', 'fil'],
  ])('%s as %s', (written, tag) => expect(readLanguage(written)).toEqual({ value: tag }));

  test.each(['xx', 'English/Spanish', 'both', 'es-', '??', 5])(
    '%j is not, and a warning says so',
    (written) => expect(readLanguage(written)).toEqual({ value: undefined, odd: 'unknown-language' }),
  );
});

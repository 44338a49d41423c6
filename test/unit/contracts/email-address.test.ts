import { describe, expect, test } from 'vitest';
import { emailAddress, readAddress } from '../../../functions/contracts/email-address.ts';

describe('an address, wherever it is entered', () => {
  test.each([
    ['Maria@Example.COM', 'maria@example.com'],
    [' maria@example.com ', 'maria@example.com'],
    ["o'hara+car@example.com", "o'hara+car@example.com"],
    ['smith&sons@example.com', 'smith&sons@example.com'],
    ['a=b@example.com', 'a=b@example.com'],
    ['jacco/van=tuijl@example.com', 'jacco/van=tuijl@example.com'],
    ['#1@example.com', '#1@example.com'],
    ['{lee}@example.com', '{lee}@example.com'],
    ['info@müller.de', 'info@xn--mller-kva.de'],
    ['info@例え.テスト', 'info@xn--r8jz45g.xn--zckzah'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [`a@${'b'.repeat(63)}.com`, `a@${'b'.repeat(63)}.com`],
  ])('%s is %s', (typed, kept) => expect(emailAddress.parse(typed)).toBe(kept));

  test.each([
    '',
    'NONE',
    'maria@',
    '@example.com',
    'maria@example',
    'maria..lee@example.com',
    '.maria@example.com',
    'maria.@example.com',
    'a b@example.com',
    'test@iana-.com',
    'test@-iana.com',
    'jösé@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    'a@exa_mple.com',
    'maria@example.com\nBcc: x@example.com',
    'a@müller.de/path',
    'a@müller.de:80',
  ])('%j is none', (typed) => expect(emailAddress.safeParse(typed).success).toBe(false));
});

describe('what a DMS has in its field for the address', () => {
  test.each([
    ['Vera Holm <v@example.com>', 'v@example.com'],
    ['"Holm, Vera" <v@example.com>', 'v@example.com'],
    ['v@example.com; w@example.com', 'v@example.com'],
    ['v@example.com,', 'v@example.com'],
    ['v@example.com w@example.com', 'v@example.com'],
    ['mailto:v@example.com', 'v@example.com'],
    ['none; v@example.com', 'v@example.com'],
    ['v@example.com or w@example.com', 'v@example.com'],
    ['v@example.com / w@example.com', 'v@example.com'],
    ['v@example.com (wife)', 'v@example.com'],
    ['Email: v@example.com', 'v@example.com'],
    ['v@example.com\u200b', 'v@example.com'],
    ['v@example.com&nbsp;', 'v@example.com'],
    ['smith&amp;sons@example.com', 'smith&sons@example.com'],
  ])('%s gives %s, with a warning', (written, value) =>
    expect(readAddress(written)).toEqual({ value, odd: 'email-taken-out' }),
  );

  test.each(['NONE', 'declined', 'maria@', 'a b@example.com', 5, {}, ['v@example.com', 'w@example.com']])(
    '%j is no address, with a warning',
    (written) => expect(readAddress(written)).toEqual({ value: undefined, odd: 'no-email-address' }),
  );

  test('a good one is taken without a word', () =>
    expect(readAddress('V@example.com')).toEqual({ value: 'v@example.com' }));
});

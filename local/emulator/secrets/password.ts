import { randomInt } from 'node:crypto';
import { Problem } from '../problem.ts';
import type { GenerateSecret } from '../stack/secrets.ts';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const alphabets = {
  lowercase,
  uppercase: lowercase.toUpperCase(),
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  space: ' ',
};

function alphabetsOf(asked: GenerateSecret): string[] {
  const included = [
    asked.ExcludeLowercase ? '' : alphabets.lowercase,
    asked.ExcludeUppercase ? '' : alphabets.uppercase,
    asked.ExcludeNumbers ? '' : alphabets.numbers,
    asked.ExcludePunctuation ? '' : alphabets.punctuation,
    asked.IncludeSpace ? alphabets.space : '',
  ];
  return included
    .map((letters) => [...letters].filter((letter) => !asked.ExcludeCharacters.includes(letter)).join(''))
    .filter((letters) => letters !== '');
}

const oneOf = (letters: string): string => letters[randomInt(letters.length)] ?? '';

function password(asked: GenerateSecret): string {
  const included = alphabetsOf(asked);
  const all = included.join('');
  if (all === '') throw new Problem('GenerateSecretString excludes every character');
  const isComplete = (text: string): boolean =>
    !asked.RequireEachIncludedType ||
    included.every((letters) => [...text].some((each) => letters.includes(each)));
  for (;;) {
    const text = Array.from({ length: asked.PasswordLength }, () => oneOf(all)).join('');
    if (isComplete(text)) return text;
  }
}

/** Generates a secret as CloudFormation does: the password alone, or as a field of the template's JSON. */
export function generatedSecret(asked: GenerateSecret): string {
  const { SecretStringTemplate: template, GenerateStringKey: key } = asked;
  if (template === undefined || key === undefined) return password(asked);
  const fields: unknown = JSON.parse(template);
  if (typeof fields !== 'object' || fields === null)
    throw new Problem('SecretStringTemplate is not a JSON object');
  return JSON.stringify({ ...fields, [key]: password(asked) });
}

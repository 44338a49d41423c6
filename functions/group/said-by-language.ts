import * as z from 'zod';
import { sentence } from '../contracts/fields.ts';

/** A text that customers read in their own language, if the group has written it in that language. */
const byLanguage = z.strictObject({
  en: sentence,
  es: sentence.optional().describe('Left out: Spanish letters say it in English, and say so'),
});
type ByLanguage = z.infer<typeof byLanguage>;
type Language = keyof ByLanguage;

const textMessage =
  'expected a text that is not empty, of at most 300 characters, or one for each language: { "en": …, "es": … }';

/** A text in English, or one for each language. */
export const said = z
  .union([sentence.transform((en): ByLanguage => ({ en })), byLanguage], textMessage)
  .meta({ format: 'text, or texts by language' });

/** Codes and phrases as a DMS writes them, and what people call them. */
export const phrases = z
  .record(sentence, byLanguage.required())
  .refine((all) => Object.keys(all).length <= 500, 'expected at most 500 phrases');
type Phrases = z.infer<typeof phrases>;

/** A text as shown to a reader. */
interface Said {
  readonly text: string;
  /** Whether the text is in the requested language. */
  readonly isTranslated: boolean;
}

export const saidIn = (texts: ByLanguage, language: Language): Said => {
  const text = texts[language];
  return text === undefined ? { text: texts.en, isTranslated: false } : { text, isTranslated: true };
};

const sameText = (text: string) => text.trim().toLowerCase();

/** A phrase that the group's file lacks is shown as the DMS wrote it. */
export function phraseIn(known: Phrases, text: string, language: Language): Said {
  const found = Object.entries(known).find(([one]) => sameText(one) === sameText(text))?.[1];
  return found ? saidIn(found, language) : { text, isTranslated: language === 'en' };
}

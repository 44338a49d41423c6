import type { EdgeReading } from './edge.ts';

/** Languages that customers of US and Canadian dealers name. Any code that the runtime knows is accepted, too. */
const spoken =
  'en es fr zh vi fil ko ar de pt ru pl it ja hi ur pa gu bn ta te fa he el ht hy uk so am hmn ne th lo km my tr ro';

/** What people and exports write in addition to codes and names. */
const alsoCalled: Readonly<Record<string, string>> = {
  ...{
    e: 'en',
    s: 'es',
    sp: 'es',
    span: 'es',
    esp: 'es',
    spn: 'es',
    castellano: 'es',
    castilian: 'es',
    mexican: 'es',
  },
  ...{ fren: 'fr', mandarin: 'zh', cantonese: 'yue', cn: 'zh', jp: 'ja', kr: 'ko', vn: 'vi', tagalog: 'fil' },
  ...{ farsi: 'fa', creole: 'ht', port: 'pt', ger: 'de' },
};

/** A BCP 47 tag, read from a tag, a two- or three-letter code, or a name: `es_MX`, `spa`, `SP`, `Español`. */
export function readLanguage(written: unknown): EdgeReading {
  const tag = typeof written === 'string' ? languageTag(written) : undefined;
  return tag === undefined ? { value: undefined, odd: 'unknown-language' } : { value: tag };
}

/** The language alone: `es` from `es_MX`, `SPA` or `Spanish`. */
export function languageCode(written: string): string | undefined {
  const tag = languageTag(written);
  return tag === undefined ? undefined : new Intl.Locale(tag).language;
}

function languageTag(written: string): string | undefined {
  const text = written
    .slice(0, 100)
    // The standard's name for Spanish is `Spanish; Castilian`.
    .replace(/\(.*\)|;.*/, '')
    .trim();
  const name = plain(text);
  return alsoCalled[name] ?? byName().get(name) ?? knownTag(text.replaceAll('_', '-'));
}

function knownTag(text: string): string | undefined {
  // An encoding may follow, as in a server's locale: es_MX.UTF-8.
  const [tag = ''] = text.split('.');
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(tag);
    const { language } = new Intl.Locale(canonical);
    return nameOf(language, 'en') === undefined ? undefined : canonical;
  } catch {
    return undefined;
  }
}

const nameOf = (code: string, language: string) =>
  new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }).of(code);

/** Built when the first name has to be read: most events carry a tag or nothing. */
let names: ReadonlyMap<string, string> | undefined;

function byName(): ReadonlyMap<string, string> {
  names ??= new Map(
    spoken
      .split(' ')
      .flatMap((code) =>
        ['en', code, 'es', 'fr'].map((language): [string, string] => [
          plain(nameOf(code, language) ?? code),
          code,
        ]),
      ),
  );
  return names;
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

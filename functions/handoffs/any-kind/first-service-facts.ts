import { formatDateWithoutWeekday, type Language } from '../../group/business-time.ts';
import { distanceText } from '../../group/distance.ts';
import type { Group, Store } from '../../group/group.ts';
import { phraseIn } from '../../group/said-by-language.ts';
import { type Block, facts } from '../../mail/blocks.ts';
import { unlinked } from '../../mail/unlinked.ts';
import { stacked, type Words } from '../../mail/words.ts';
import type { Correspondence } from './customer-letter.ts';
import { letterWords } from './letter-words.ts';

export interface Due {
  readonly dueOn: string;
  readonly dueMiles?: number | undefined;
}

/** `May 20, 2027 or 5,000 miles, whichever comes first`. */
export const dueBy = ({ dueOn, dueMiles }: Due, language: Language, { distanceUnit }: Store): Words =>
  letterWords[language].due(
    formatDateWithoutWeekday(dueOn, language),
    dueMiles === undefined ? undefined : distanceText(dueMiles, distanceUnit, language),
  );

/** The due date, what is prepaid, and what was promised. */
export function firstServiceFacts(
  { language, context }: Correspondence,
  known: {
    readonly due: Due | undefined;
    readonly prepaid?: readonly string[] | undefined;
    readonly promises?: readonly string[] | undefined;
  },
): Block | undefined {
  const say = letterWords[language];
  const prepaid = inLanguage(known.prepaid, context.group, language);
  const promised = inLanguage(known.promises, context.group, language);
  return facts([
    [say.dueLabel, known.due && dueBy(known.due, language, context.store)],
    [say.prepaid, some(prepaid.translated)],
    [say.asNoted.prepaid, some(prepaid.asNoted)],
    [say.promised, some(promised.translated)],
    [say.asNoted.promised, some(promised.asNoted)],
  ]);
}

/** Translates notes that the group's file has in this language, and keeps the others apart, as the DMS wrote them. */
function inLanguage(noted: readonly string[] = [], { phrases }: Pick<Group, 'phrases'>, language: Language) {
  const all = noted.map((one) => phraseIn(phrases, one, language));
  const those = (isTranslated: boolean) =>
    all.filter((one) => one.isTranslated === isTranslated).map(({ text }) => unlinked(text));
  return { translated: those(true), asNoted: those(false) };
}

/** What was promised or prepaid, in the group's words for its staff. */
export const inEnglish = (
  all: readonly string[] = [],
  { group }: { readonly group: Pick<Group, 'phrases'> },
): readonly string[] => all.map((one) => phraseIn(group.phrases, one, 'en').text);

export const noted = (...of: Parameters<typeof inEnglish>): Words | undefined => some(inEnglish(...of));

/** The values on one line each, or undefined if there are none. */
export const some = (values: readonly string[] | undefined): Words | undefined =>
  values === undefined || values.length === 0 ? undefined : stacked(values);

import { Temporal } from 'temporal-polyfill';
import { nearest } from '../contracts/nearest.ts';

/** IANA's regions, and its older names by country. A fixed offset such as `Etc/GMT+5` or `EST` is neither. */
const region =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Indian|Mexico|Pacific|US)\//i;

/** Whether the name stands for a region's rules. An abbreviation or offset has one time all year. */
export function isTimeZone(text: string): boolean {
  if (!region.test(text)) return false;
  try {
    // Temporal is asked because it does the calculations: Intl accepts names that Temporal refuses.
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

/** The message about a name that {@link isTimeZone} refuses. */
export function timeZoneMessage(text: unknown): string {
  const expected = "expected an IANA time zone of a region such as 'America/Chicago'";
  const meant = typeof text === 'string' ? suggestionFor(text.trim()) : undefined;
  return meant === undefined ? expected : `${expected}. Did you mean ${meant}?`;
}

/** What people in North America write instead: abbreviations, POSIX and Windows names, and fixed offsets. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^(NS?T|NDT|Newfoundland\b.*)$/i, 'America/St_Johns'],
  [/^(AS?T|ADT|AST4ADT|Atlantic\b[^/]*|Etc\/GMT\+4)$/i, 'America/Halifax'],
  [/^(ES?T|EDT|EST5EDT|Eastern\b.*|Etc\/GMT\+5)$/i, 'America/New_York'],
  [/^(CS?T|CDT|CST6CDT|Central\b.*|Etc\/GMT\+6)$/i, 'America/Chicago'],
  [/^(MS?T|MDT|MST7MDT|Mountain\b.*|Etc\/GMT\+7)$/i, 'America/Denver (America/Phoenix has no summer time)'],
  [/^(PS?T|PDT|PST8PDT|Pacific\b[^/]*|Etc\/GMT\+8)$/i, 'America/Los_Angeles'],
  [/^(AKS?T|AKDT|Alaskan?\b.*|Etc\/GMT\+9)$/i, 'America/Anchorage'],
  [/^(HA?S?T|Hawaii(an)?\b.*|Etc\/GMT\+10)$/i, 'Pacific/Honolulu'],
];

const suggestionFor = (text: string): string | undefined =>
  meanings.find(([pattern]) => pattern.test(text))?.[1] ?? nearest(text, Intl.supportedValuesOf('timeZone'));

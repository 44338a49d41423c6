/** Finds duplicate keys in JSON text; JSON.parse silently keeps only the last one. */

/** A string, a punctuation mark, or anything else up to the next mark. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

interface Place {
  readonly path: string;
  /** The names so far in an object; undefined for a list. */
  readonly names: Set<string> | undefined;
  /** The name or index of the next value. */
  next: string | number;
}

/** The paths of duplicate keys, such as `detail.customer.email`. The text must be valid JSON. */
export function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const open: Place[] = [];
  let isName = false;
  for (const [mark] of text.matchAll(token)) {
    const place = open.at(-1);
    if (mark === '{' || mark === '[') {
      open.push({
        path: pathIn(place),
        names: mark === '{' ? new Set() : undefined,
        next: mark === '{' ? '' : 0,
      });
      isName = mark === '{';
    } else if (mark === '}' || mark === ']') {
      open.pop();
      isName = false;
    } else if (mark === ',') {
      isName = place?.names !== undefined;
      if (typeof place?.next === 'number') place.next += 1;
    } else if (isName && place?.names) {
      place.next = nameOf(mark);
      if (place.names.has(place.next)) found.push(pathIn(place));
      place.names.add(place.next);
      isName = false;
    }
  }
  return found;
}

function nameOf(quoted: string): string {
  return String(JSON.parse(quoted));
}

function pathIn(place: Place | undefined): string {
  if (!place) return '';
  if (typeof place.next === 'number') return `${place.path}[${place.next}]`;
  return place.path === '' ? place.next : `${place.path}.${place.next}`;
}

/**
 * A formatter of dates takes longer to make than the rest of an email; a run makes thousands of the same few. Here
 * each is made once. What it writes is the same.
 */
const known = new Map<string, Intl.DateTimeFormat>();
const Real = Intl.DateTimeFormat;

function once(...args: ConstructorParameters<typeof Real>): Intl.DateTimeFormat {
  const key = JSON.stringify(args);
  const made = known.get(key) ?? new Real(...args);
  known.set(key, made);
  return made;
}

// Called with `new`, a function that returns an object gives that object.
Object.defineProperty(Intl, 'DateTimeFormat', { value: Object.assign(once, { prototype: Real.prototype }) });

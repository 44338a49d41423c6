/**
 * The vehicle identification number and its check digit (49 CFR 565.15(c)): position 9 is the weighted sum of
 * the other sixteen, modulo 11. Cars before 1981 and grey imports have none, so a failing one is a warning.
 */
const values = new Map(
  Object.entries({
    ...{ A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8 },
    ...{ J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9 },
    ...{ S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 },
  }),
);
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** What is odd about a VIN, as a sentence; none where the check digit agrees. */
export function vinWarning(vin: string): string | undefined {
  if (vin.length !== 17) return `has ${vin.length} characters instead of 17, as a car before 1981 may`;
  if (/[IOQ]/.test(vin)) return 'has I, O or Q, which no VIN since 1981 has';
  const sum = [...vin].reduce(
    (total, letter, at) => total + (values.get(letter) ?? Number(letter)) * (weights[at] ?? 0),
    0,
  );
  const expected = sum % 11 === 10 ? 'X' : String(sum % 11);
  if (vin[8] === expected) return undefined;
  return `has check digit ${vin[8]} where ${expected} was expected: perhaps mistyped, or a grey import`;
}

/**
 * The vehicle identification number and its check digit (49 CFR 565.15(c)): position 9 is the weighted sum of the
 * other sixteen, modulo 11. Cars from before 1981 and grey imports have none, so a wrong one is a warning.
 */
const values = new Map(
  Object.entries({
    ...{ A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8 },
    ...{ J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9 },
    ...{ S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 },
  }),
);
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Only the VIN of a car from before 1981 may be shorter. */
const LENGTH = 17;
const FIRST_YEAR = 1981;

/** What is odd about a VIN; undefined if its check digit is right. */
export function vinOdd(vin: string): 'vin-short' | 'vin-letters' | 'vin-check-digit' | undefined {
  if (vin.length !== LENGTH) return 'vin-short';
  if (/[IOQ]/.test(vin)) return 'vin-letters';
  const sum = [...vin].reduce(
    (total, letter, at) => total + (values.get(letter) ?? Number(letter)) * (weights[at] ?? 0),
    0,
  );
  return vin[8] === (sum % 11 === 10 ? 'X' : String(sum % 11)) ? undefined : 'vin-check-digit';
}

/** A shorter VIN counts only if the model year is before 1981: `12345678` and `UNKNOWN` are not cars. */
export function isCar({ vin, year }: { readonly vin: string; readonly year?: number | undefined }): boolean {
  return vin.length === LENGTH || (year !== undefined && year < FIRST_YEAR);
}

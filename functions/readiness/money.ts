/** Integer arithmetic on cents: a share is compared by multiplying, so no cent is lost to a division. */

/** Whether a part is at least so many percent of a whole. */
export function reaches(partCents: number, percent: number, wholeCents: number): boolean {
  return partCents * 100 >= wholeCents * percent;
}

/** Whether a part is over so many percent of a whole. */
export function exceeds(partCents: number, percent: number, wholeCents: number): boolean {
  return partCents * 100 > wholeCents * percent;
}

/** Whole percent, rounded down, to be read; nothing is decided by it. */
export function shareOf(partCents: number, wholeCents: number): number {
  return Math.floor((partCents * 100) / wholeCents);
}

/** `$1,234`, or `$1,234.05` where there are cents; `-$500` where it is owed. */
export function dollars(cents: number): string {
  const whole = grouped(Math.floor(Math.abs(cents) / 100));
  const rest = Math.abs(cents) % 100;
  const decimals = rest === 0 ? '' : `.${rest.toString().padStart(2, '0')}`;
  return `${cents < 0 ? '-' : ''}$${whole}${decimals}`;
}

/** `42,000 miles` */
export function milesText(miles: number): string {
  return `${grouped(miles)} miles`;
}

/** By hand, not by Intl: the same on every machine. */
function grouped(whole: number): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

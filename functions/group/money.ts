/** Integer arithmetic on cents: shares are compared by multiplication, which has no rounding. */

/** Whether a part is at least a percentage of a whole. */
export function reaches(partCents: number, percent: number, wholeCents: number): boolean {
  return partCents * 100 >= wholeCents * percent;
}

/** Whether a part is over a percentage of a whole. */
export function exceeds(partCents: number, percent: number, wholeCents: number): boolean {
  return partCents * 100 > wholeCents * percent;
}

/** Whole percent, rounded down, for display only. */
export function shareOf(partCents: number, wholeCents: number): number {
  return Math.floor((partCents * 100) / wholeCents);
}

/** `$1,234`, or `$1,234.05` with cents; `-$500` if negative. */
export function dollars(cents: number): string {
  const whole = grouped(Math.floor(Math.abs(cents) / 100));
  const rest = Math.abs(cents) % 100;
  const decimals = rest === 0 ? '' : `.${rest.toString().padStart(2, '0')}`;
  return `${cents < 0 ? '-' : ''}$${whole}${decimals}`;
}

/** Without Intl, whose output differs between machines. */
function grouped(whole: number): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

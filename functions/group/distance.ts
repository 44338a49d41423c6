import { type DistanceUnit, kilometersIn } from '../contracts/odometer.ts';
import type { Language } from './business-time.ts';

const labels = {
  miles: { en: 'miles', es: 'millas' },
  kilometers: { en: 'km', es: 'km' },
} as const satisfies Record<DistanceUnit, Record<Language, string>>;

/**
 * `89,478 miles`, or `144,000 km` at a store that counts in kilometers. Formatted without Intl, whose output differs
 * by machine.
 */
export function distanceText(miles: number, unit: DistanceUnit, language: Language = 'en'): string {
  const count = unit === 'miles' ? miles : kilometersIn(miles);
  return `${count.toString().replace(/\B(?=(\d{3})+$)/g, ',')} ${labels[unit][language]}`;
}

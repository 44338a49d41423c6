/** Where a stored event is sent when it is put back: to where it was refused or failed. */
import type { KeptRefusal } from '../functions/adapters/readable-item.ts';
import { functionToTryAgain, isClosedSource } from '../functions/group/refused-fact.ts';
import { KEPT_BYTES } from '../functions/outbox/keep-refusal.ts';

export type WayBack =
  | { readonly by: 'function'; readonly functionName: string }
  | { readonly by: 'bus' }
  /** It cannot be put back, so it stays on the list. */
  | { readonly by: 'nobody'; readonly why: string };

/**
 * An event that failed in a function, or on the way to it, goes directly to that function: operators may not put our
 * own or AWS's events on the bus, and other events would reach every rule again. Only refused events go back on the
 * bus.
 */
export function wayBack({ queue, source, functionName, wholeBytes }: KeptRefusal): WayBack {
  if (wholeBytes !== undefined)
    return { by: 'nobody', why: `${cutNote(wholeBytes)}: let its sender send it again` };
  if (queue === 'file')
    return { by: 'nobody', why: 'it is tried again by itself when a file has the row again' };
  const only = functionToTryAgain({ queue, source, functionName });
  if (only !== undefined) return { by: 'function', functionName: only };
  if (isClosedSource(source))
    return { by: 'nobody', why: `only ${source} may send it, and its function is not known` };
  return { by: 'bus' };
}

export const cutNote = (wholeBytes: number): string =>
  `only the first ${kilobytes(KEPT_BYTES)} of its ${kilobytes(wholeBytes)} are kept`;

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} KB`;

/** The event as the function received it, with the fields that functions read. */
export const envelopeOf = ({ eventId, event }: KeptRefusal): object => ({ id: eventId, ...event });

/** Which event goes to which function: the one list that rules are made from. */
import { incomingEvents, internalEvents, OWN_SOURCE } from '../functions/contracts/index.ts';
import type { FunctionName } from '../functions/runtime/environment.ts';

const handlers = {
  'vehicle-sold': 'introduce-service',
  'first-service-due': 'prepare-first-service',
  'repair-quote-high': 'review-repair-quote',
  'upgrade-conversation-due': 'start-upgrade-conversation',
  'customer-answered': 'review-repair-quote',
  'customer-bought': 'start-upgrade-conversation',
  'service-visit-completed': 'follow-dms',
  'service-appointment-booked': 'follow-dms',
  'service-appointment-cancelled': 'follow-dms',
  'repair-order-voided': 'follow-dms',
  'deal-unwound': 'follow-dms',
} as const satisfies Record<string, FunctionName>;

export type EventHandlerName = (typeof handlers)[keyof typeof handlers];

export interface Route {
  readonly detailType: string;
  readonly title: string;
  readonly to: EventHandlerName;
  readonly pattern: { readonly detailType: string[]; readonly source?: string[] };
}

export const routes: readonly Route[] = [
  ...incomingEvents.map(({ detailType, title }) => ({
    detailType,
    title,
    to: handlerOf(detailType),
    pattern: { detailType: [detailType] },
  })),
  ...internalEvents.map(({ detailType, title }) => ({
    detailType,
    title,
    to: handlerOf(detailType),
    pattern: { source: [OWN_SOURCE], detailType: [detailType] },
  })),
];

/** What others may send. An event of theirs with any other detail type has to be refused by name. */
export const openDetailTypes: readonly string[] = incomingEvents.map(({ detailType }) => detailType);

export { OWN_SOURCE };

/** A contract that nothing handles stops the synth: its events would otherwise be dropped in silence. */
function handlerOf(detailType: string): EventHandlerName {
  const found = Object.entries(handlers).find(([handled]) => handled === detailType);
  if (!found) throw new Error(`No function handles the event '${detailType}': add it to lib/routes.ts.`);
  return found[1];
}

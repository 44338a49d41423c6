import { beThere } from './be-there.ts';
import { customerEmailProblem } from './customer-email-problem.ts';
import type { DayMessage } from './day-message.ts';
import { escalation } from './escalation.ts';
import { firstServiceConfirmation } from './first-service-confirmation.ts';
import { firstServiceInvitation } from './first-service-invitation.ts';
import { firstServiceToPrepare } from './first-service-to-prepare.ts';
import { handoffClosed } from './handoff-closed.ts';
import { handoffMoved } from './handoff-moved.ts';
import { introductionToCustomer } from './introduction-to-customer.ts';
import { introductionToSign } from './introduction-to-sign.ts';
import type { AnyMessage } from './message.ts';
import { morningSummary } from './morning-summary.ts';
import { newAdvisorToCustomer } from './new-advisor-to-customer.ts';
import { nudgeCorrected } from './nudge-corrected.ts';
import { reminder } from './reminder.ts';
import { repairOptionsSheet } from './repair-options-sheet.ts';
import { saleNotice } from './sale-notice.ts';
import { storeTodayMessage } from './store-today.ts';
import { upgradeNudge } from './upgrade-nudge.ts';
import { visitBooked } from './visit-booked.ts';
import { visitCancelled } from './visit-cancelled.ts';
import { visitTomorrow } from './visit-tomorrow.ts';
import { walkOver } from './walk-over.ts';

/** Every message, by the name under which an outbox owes it; the file has the same name. */
export const messages = {
  'introduction-to-customer': introductionToCustomer,
  'new-advisor-to-customer': newAdvisorToCustomer,
  'first-service-invitation': firstServiceInvitation,
  'first-service-confirmation': firstServiceConfirmation,
  'walk-over': walkOver,
  'introduction-to-sign': introductionToSign,
  'sale-notice': saleNotice,
  'first-service-to-prepare': firstServiceToPrepare,
  'be-there': beThere,
  'visit-booked': visitBooked,
  'visit-tomorrow': visitTomorrow,
  'visit-cancelled': visitCancelled,
  'repair-options-sheet': repairOptionsSheet,
  'upgrade-nudge': upgradeNudge,
  'nudge-corrected': nudgeCorrected,
  'handoff-closed': handoffClosed,
  'handoff-moved': handoffMoved,
  'customer-email-problem': customerEmailProblem,
  reminder,
  escalation,
} as const satisfies Record<string, AnyMessage>;
export type MessageName = keyof typeof messages;

const byName: ReadonlyMap<string, AnyMessage> = new Map(Object.entries(messages));

/** The message of that name, or nothing: an outbox may name one that an older or newer release knows. */
export const findMessage = (name: string): AnyMessage | undefined => byName.get(name);

/** The messages of a person's own item, which belong to no handoff in particular. */
export const dayMessages = {
  'morning-summary': morningSummary,
  'store-today': storeTodayMessage,
} as const satisfies Record<string, DayMessage>;
export type DayMessageName = keyof typeof dayMessages;

const dayByName: ReadonlyMap<string, DayMessage> = new Map(Object.entries(dayMessages));
export const findDayMessage = (name: string): DayMessage | undefined => dayByName.get(name);

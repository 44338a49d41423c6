import type { AnyMessage } from '../mail/message.ts';
import type { DayMessage } from '../my-day/emails/day-message.ts';
import { morningSummary } from '../my-day/emails/morning-summary.ts';
import { storeTodayMessage } from '../my-day/emails/store-today.ts';
import { customerEmailProblem } from './any-kind/emails/customer-email-problem.ts';
import { escalation } from './any-kind/emails/escalation.ts';
import { handoffClosed } from './any-kind/emails/handoff-closed.ts';
import { handoffMoved } from './any-kind/emails/handoff-moved.ts';
import { reminder } from './any-kind/emails/reminder.ts';
import { beThere } from './first-service/emails/be-there.ts';
import { firstServiceConfirmation } from './first-service/emails/first-service-confirmation.ts';
import { firstServiceInvitation } from './first-service/emails/first-service-invitation.ts';
import { firstServiceToPrepare } from './first-service/emails/first-service-to-prepare.ts';
import { visitBooked } from './first-service/emails/visit-booked.ts';
import { visitCancelled } from './first-service/emails/visit-cancelled.ts';
import { visitTomorrow } from './first-service/emails/visit-tomorrow.ts';
import { introductionToCustomer } from './introduction/emails/introduction-to-customer.ts';
import { introductionToSign } from './introduction/emails/introduction-to-sign.ts';
import { newAdvisorToCustomer } from './introduction/emails/new-advisor-to-customer.ts';
import { saleNotice } from './introduction/emails/sale-notice.ts';
import { walkOver } from './introduction/emails/walk-over.ts';
import { repairOptionsSheet } from './repair-options/emails/repair-options-sheet.ts';
import { nudgeCorrected } from './upgrade-conversation/emails/nudge-corrected.ts';
import { upgradeNudge } from './upgrade-conversation/emails/upgrade-nudge.ts';

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

import { beThere } from './emails/be-there.ts';
import { dueDateMoved } from './emails/due-date-moved.ts';
import { firstServiceConfirmation } from './emails/first-service-confirmation.ts';
import { firstServiceDueToday } from './emails/first-service-due-today.ts';
import { firstServiceInvitation } from './emails/first-service-invitation.ts';
import { firstServiceMoved } from './emails/first-service-moved.ts';
import { firstServiceOverdue } from './emails/first-service-overdue.ts';
import { firstServiceRebook } from './emails/first-service-rebook.ts';
import { firstServiceRedated } from './emails/first-service-redated.ts';
import { firstServiceToPrepare } from './emails/first-service-to-prepare.ts';
import { firstServiceTomorrow } from './emails/first-service-tomorrow.ts';
import { notReturned } from './emails/not-returned.ts';
import { timeWanted } from './emails/time-wanted.ts';
import { visitBooked } from './emails/visit-booked.ts';
import { visitCancelled } from './emails/visit-cancelled.ts';
import { visitTomorrow } from './emails/visit-tomorrow.ts';
import { visitCalendarFile } from './visit-letters.ts';
import { firstServiceWords } from './words.ts';

/** This kind's emails by message name, and its words in shared emails and pages. */
export const firstServiceLetters = {
  words: firstServiceWords,
  calendar: visitCalendarFile,
  messages: {
    'first-service-invitation': firstServiceInvitation,
    'first-service-confirmation': firstServiceConfirmation,
    'first-service-moved': firstServiceMoved,
    'first-service-rebook': firstServiceRebook,
    'first-service-redated': firstServiceRedated,
    'due-date-moved': dueDateMoved,
    'first-service-due-today': firstServiceDueToday,
    'first-service-overdue': firstServiceOverdue,
    'not-returned': notReturned,
    'time-wanted': timeWanted,
    'first-service-tomorrow': firstServiceTomorrow,
    'first-service-to-prepare': firstServiceToPrepare,
    'be-there': beThere,
    'visit-booked': visitBooked,
    'visit-tomorrow': visitTomorrow,
    'visit-cancelled': visitCancelled,
  },
} as const;

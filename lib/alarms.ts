/**
 * The alarms, grouped by the question that they answer: what each measures, when it fires, what that means and what to
 * do. Both the stack's alarms and `docs/alarms.md` are generated from it.
 */
import { emailsAlarms } from './alarms/emails.ts';
import { eventsAlarms } from './alarms/events.ts';
import { functionsAlarms } from './alarms/functions.ts';
import type { AlarmGroup } from './alarms/spec.ts';
import { sweepAlarms } from './alarms/sweep.ts';

export const alarmGroups: readonly AlarmGroup[] = [eventsAlarms, sweepAlarms, emailsAlarms, functionsAlarms];

import type { Contract } from './contract.ts';
import { handoffEventRefused } from './handoff-event-refused.ts';
import { handoffEventWarned } from './handoff-event-warned.ts';
import {
  handoffTaskAccepted,
  handoffTaskCancelled,
  handoffTaskCompleted,
  handoffTaskCreated,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskNoted,
  handoffTaskReopened,
} from './handoff-task-events.ts';

/** The events that this software publishes for other systems. */
export const outgoingEvents = [
  handoffTaskCreated,
  handoffTaskAccepted,
  handoffTaskCompleted,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskCancelled,
  handoffTaskReopened,
  handoffTaskNoted,
  handoffEventRefused,
  handoffEventWarned,
] as const satisfies readonly Contract[];

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
  handoffTaskReopened,
} from './handoff-task-events.ts';

/** What this software tells others. */
export const outgoingEvents = [
  handoffTaskCreated,
  handoffTaskAccepted,
  handoffTaskCompleted,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskCancelled,
  handoffTaskReopened,
  handoffEventRefused,
  handoffEventWarned,
] as const satisfies readonly Contract[];

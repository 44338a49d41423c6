import type { Task, Trigger } from './task.ts';
import { clearDeadlines, step } from './task-changes.ts';

/**
 * Starts a new handoff in the item of one that has ended. Emails about the earlier handoff do not count for the new one; links
 * and delivery reports stay.
 */
export function restart<T extends Task>(
  before: T,
  trigger: Extract<Trigger, 'sold again' | 'reinstated'>,
  now: string,
): T {
  const restarted: T = {
    ...before,
    ...{
      ended: undefined,
      undo: undefined,
      undoBeside: undefined,
      assignee: undefined,
      declinedBy: undefined,
      heldBy: undefined,
      started: undefined,
      saidSince: undefined,
      // If nobody had the handoff yet, subscribers on the bus see it as new.
      isReinstated: trigger === 'reinstated' && wasAnnounced(before) ? true : undefined,
    },
    ...{
      snoozed: undefined,
      passed: undefined,
      acceptedAt: undefined,
      acceptedBy: undefined,
      releasedAt: undefined,
    },
    earlierEntries: before.entriesMade,
  };
  return step(clearDeadlines(restarted), { trigger, now, by: 'dms' });
}

const wasAnnounced = ({ assignee, isReinstated }: Task): boolean =>
  assignee !== undefined || isReinstated === true;

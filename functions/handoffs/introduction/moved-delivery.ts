import type { Draft } from '../../handoff/draft.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import { reschedule } from '../../handoff/outbox.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { type Delivery, isToCome, limitsFrom } from './delivery.ts';
import { atDelivery, walkerOf } from './recipients.ts';
import type { ServiceIntroduction } from './task.ts';

type Introduction = ServiceIntroduction;

const moved = { own: { code: 'delivery-moved' }, again: true } as const;

/**
 * The delivery was moved while somebody has the introduction: the limits count from the new time, a checklist that has not been
 * sent moves along, and people who were sent the old time get the new one.
 */
export const moveDelivery =
  (before: Delivery, after: Delivery) =>
  (draft: Draft<Introduction>): Draft<Introduction> =>
    draft
      .also(moveChecklist)
      .when(isToCome(after, draft.context), (current) => current.also(tellAdvisor).also(tellWalker))
      .when(isAhead(before, draft) || isAhead(after, draft), (current) =>
        current.startDeadline(current.task.state === 'open' ? 'accept' : 'complete'),
      );

/** Whether a limit is still in the future. Once both times have passed, a correction gives nobody more time. */
function isAhead(delivery: Delivery, { context }: Draft<Introduction>): boolean {
  const from = limitsFrom(delivery, context);
  return from !== undefined && from > context.now;
}

/**
 * Reschedules a checklist that is still waiting for the delivery. If SES has refused it, its retries are counted afresh from the
 * new time; otherwise the first refusal then would give it up.
 */
function moveChecklist(draft: Draft<Introduction>): Draft<Introduction> {
  const { notBefore } = atDelivery(draft.task, draft.context);
  return draft.change((task) => ({
    ...task,
    outbox: task.outbox.map((entry) =>
      entry.type === 'email' && entry.message === 'walk-over' && entry.state === 'owed'
        ? { ...reschedule(entry, notBefore), refusedSince: undefined }
        : entry,
    ),
  }));
}

const tellAdvisor = (draft: Draft<Introduction>): Draft<Introduction> =>
  draft.email({ message: 'introduction-to-sign', to: 'assignee', ...moved });

/** The person who was sent the checklist for the old time gets it again before the new one. */
function tellWalker(draft: Draft<Introduction>): Draft<Introduction> {
  const walker = walkerOf(draft);
  if (walker === undefined) return draft;
  const to = { staff: walker };
  const hasLeft = emailsOf(draft.task, 'walk-over', to).some(mayHaveLeft);
  const isWaiting = emailsOf(draft.task, 'walk-over', to).some(({ state }) => state === 'owed');
  return draft.when(hasLeft && !isWaiting, (current) =>
    current.email({ message: 'walk-over', to, ...atDelivery(current.task, current.context), ...moved }),
  );
}

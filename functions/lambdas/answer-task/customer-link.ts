import type { Task } from '../../handoff/task.ts';
import { preferencesNotFoundPage } from '../../pages/preferences-page.ts';
import type { TaskStore } from '../../ports.ts';
import { openLink } from './open-link.ts';
import { type Answer, pageReply } from './reply.ts';
import type { Request } from './request.ts';

/** The task behind a customer's preferences link; undefined if the link no longer opens anything. */
export async function openTaskOfCustomer(
  services: { readonly tasks: TaskStore; readonly clock: { now(): string } },
  request: Request,
): Promise<Task | undefined> {
  const opened = await openLink(services, request);
  return opened?.link.of === 'customer preferences' && !opened.isExpired ? opened.task : undefined;
}

/** The reply to a customer, the same for an unknown link and for one that no longer opens anything. */
export const notFoundToCustomer: Answer = {
  reply: pageReply(404, preferencesNotFoundPage()),
  outcome: 'not found',
};

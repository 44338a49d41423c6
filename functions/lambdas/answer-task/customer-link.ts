import type { Task } from '../../handoff/task.ts';
import { preferencesNotFoundPage } from '../../pages/preferences-page.ts';
import type { TaskStore } from '../../ports.ts';
import { openLink } from './open-link.ts';
import { type Answer, pageReply } from './reply.ts';
import type { Request } from './request.ts';

/** The task whose customer opened a page behind the link to their preferences; undefined if it opens nothing any more. */
export async function openTaskOfCustomer(
  services: { readonly tasks: TaskStore; readonly clock: { now(): string } },
  request: Request,
): Promise<Task | undefined> {
  const opened = await openLink(services, request);
  return opened?.link.of === 'customer preferences' && !opened.isExpired ? opened.task : undefined;
}

/** To a customer: the same whether there is no such link, or it opens nothing any more. */
export const notFoundToCustomer: Answer = {
  reply: pageReply(404, preferencesNotFoundPage()),
  outcome: 'not found',
};

import type { Chosen } from '../../handoff/kind.ts';
import { queueEmail } from '../../handoff/queue.ts';
import type { TalkNews, UpgradeConversation } from './task.ts';

/**
 * Tells the advisor who sent the customer how it is going, in a line. How it ended they learn, like everybody else, from the
 * closing email. If a choice is undone, its line is corrected like any other email that the choice queued.
 */
export function tellAdvisorOf({
  task,
  choice,
  value,
  by,
  context,
}: Chosen<UpgradeConversation>): UpgradeConversation {
  const advisor = task.facts.originatorNumber;
  const news = newsOf(choice.name, value);
  if (!news || advisor === undefined || advisor === by) return task;
  return queueEmail<UpgradeConversation>(task, context.now, {
    message: 'talk-news',
    to: { staff: advisor },
    own: { code: 'talk-news', news },
    again: true,
  });
}

function newsOf(choice: string, value: string | undefined): TalkNews | undefined {
  switch (choice) {
    case 'accept':
      return { code: 'accepted' };
    case 'contacted':
      return { code: 'contacted' };
    case 'appointment-set':
      return value === undefined ? undefined : { code: 'appointment', startsAt: value };
    default:
      return undefined;
  }
}

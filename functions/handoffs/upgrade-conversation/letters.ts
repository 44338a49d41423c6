import { nudgeCorrected } from './emails/nudge-corrected.ts';
import { upgradeNudge } from './emails/upgrade-nudge.ts';
import { upgradeWords } from './words.ts';

/** The emails of this kind by the names under which its outbox queues them, and what is said of it elsewhere. */
export const upgradeConversationLetters = {
  words: upgradeWords,
  messages: {
    'upgrade-nudge': upgradeNudge,
    'nudge-corrected': nudgeCorrected,
  },
} as const;

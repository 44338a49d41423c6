import { crmLeadLost } from './emails/crm-lead-lost.ts';
import { nudgeCorrected } from './emails/nudge-corrected.ts';
import { salesHasIt } from './emails/sales-has-it.ts';
import { talkNews } from './emails/talk-news.ts';
import { upgradeNudge } from './emails/upgrade-nudge.ts';
import { leadToCrm } from './lead-words.ts';
import { upgradeWords } from './words.ts';

/** This kind's emails by message name, and its words in shared emails and pages. */
export const upgradeConversationLetters = {
  words: upgradeWords,
  messages: {
    'upgrade-nudge': upgradeNudge,
    'nudge-corrected': nudgeCorrected,
    'sales-has-it': salesHasIt,
    'talk-news': talkNews,
    'crm-lead-lost': crmLeadLost,
  },
  lead: leadToCrm,
} as const;

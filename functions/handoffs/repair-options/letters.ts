import { repairOptionsSheet } from './emails/repair-options-sheet.ts';
import { repairOptionsWords } from './words.ts';

/** The emails of this kind by the names under which its outbox queues them, and what is said of it elsewhere. */
export const repairOptionsLetters = {
  words: repairOptionsWords,
  messages: {
    'repair-options-sheet': repairOptionsSheet,
  },
} as const;

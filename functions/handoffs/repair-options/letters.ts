import { appraisalInSheet } from './emails/appraisal-in-sheet.ts';
import { readyTomorrow } from './emails/ready-tomorrow.ts';
import { repairOptionsSheet } from './emails/repair-options-sheet.ts';
import { salesNotTold } from './emails/sales-not-told.ts';
import { salesQuestion } from './emails/sales-question.ts';
import { visitQuestion } from './emails/visit-question.ts';
import { repairOptionsWords } from './words.ts';

/** This kind's emails by message name, and its words in shared emails and pages. */
export const repairOptionsLetters = {
  words: repairOptionsWords,
  messages: {
    'repair-options-sheet': repairOptionsSheet,
    'visit-question': visitQuestion,
    'appraisal-in-sheet': appraisalInSheet,
    'sales-question': salesQuestion,
    'ready-tomorrow': readyTomorrow,
    'sales-not-told': salesNotTold,
  },
} as const;

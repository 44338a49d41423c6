import { appraisalWanted } from './emails/appraisal-wanted.ts';
import { appraisalWords } from './words.ts';

/** This kind's emails by message name, and its words in shared emails and pages. */
export const appraisalLetters = {
  words: appraisalWords,
  messages: {
    'appraisal-wanted': appraisalWanted,
  },
} as const;

import { quotePromised } from './emails/quote-promised.ts';
import { repairLetter } from './emails/repair-letter.ts';
import { repairNews } from './emails/repair-news.ts';
import { repairRecheck } from './emails/repair-recheck.ts';
import { repairReport } from './emails/repair-report.ts';
import { shopperToService } from './emails/shopper-to-service.ts';
import { repairInsteadWords } from './words.ts';

/** This kind's emails by message name, and its words in shared emails and pages. */
export const repairInsteadLetters = {
  words: repairInsteadWords,
  messages: {
    'shopper-to-service': shopperToService,
    'repair-letter': repairLetter,
    'repair-news': repairNews,
    'repair-report': repairReport,
    'quote-promised': quotePromised,
    'repair-recheck': repairRecheck,
  },
} as const;

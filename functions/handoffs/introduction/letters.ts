import { introductionToCustomer } from './emails/introduction-to-customer.ts';
import { introductionToSign } from './emails/introduction-to-sign.ts';
import { newAdvisorToCustomer } from './emails/new-advisor-to-customer.ts';
import { saleNotice } from './emails/sale-notice.ts';
import { walkOver } from './emails/walk-over.ts';
import { introductionWords } from './words.ts';

/** The emails of this kind by the names under which its outbox queues them, and what is said of it elsewhere. */
export const introductionLetters = {
  words: introductionWords,
  messages: {
    'introduction-to-customer': introductionToCustomer,
    'new-advisor-to-customer': newAdvisorToCustomer,
    'walk-over': walkOver,
    'introduction-to-sign': introductionToSign,
    'sale-notice': saleNotice,
  },
} as const;

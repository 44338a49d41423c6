import { customerMetNobody } from './emails/customer-met-nobody.ts';
import { introductionAccepted } from './emails/introduction-accepted.ts';
import { introductionToCustomer } from './emails/introduction-to-customer.ts';
import { introductionToSign } from './emails/introduction-to-sign.ts';
import { newAdvisorToCustomer } from './emails/new-advisor-to-customer.ts';
import { saleNotice } from './emails/sale-notice.ts';
import { walkOver } from './emails/walk-over.ts';
import { introductionWords } from './words.ts';

/** This kind's emails by message name, and its words in shared emails and pages. */
export const introductionLetters = {
  words: introductionWords,
  messages: {
    'introduction-to-customer': introductionToCustomer,
    'new-advisor-to-customer': newAdvisorToCustomer,
    'walk-over': walkOver,
    'introduction-to-sign': introductionToSign,
    'sale-notice': saleNotice,
    'introduction-accepted': introductionAccepted,
    'customer-met-nobody': customerMetNobody,
  },
} as const;

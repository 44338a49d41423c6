/**
 * Log lines that an alarm sends its reader to, and the fields that say which item or event each is about. Written here
 * once, so that neither the line nor the query for it can change alone.
 */
export const logLines = {
  emailsGivenUp: {
    message: 'Emails are given up',
    fields: ['taskId', 'dayId', 'reportId', 'letterId', 'emails'],
  },
  itemNearBound: {
    message: 'An item is near its bound',
    fields: ['taskId', 'dayId', 'reportId', 'letterId', 'bounds'],
  },
  oddFields: { message: 'Event has odd fields', fields: ['eventId', 'odd'] },
  sweepFailed: { message: 'The sweep failed', fields: ['error.name', 'error.message'] },
  ledgerFailed: { message: 'The ledger could not be written', fields: ['error.name', 'error.message'] },
  dueWorkFailed: { message: 'Due work failed', fields: ['id', 'error.name', 'error.message'] },
  swept: { message: 'Swept', fields: ['acted', 'failed', 'oldestSeconds', 'finished'] },
  eventFailed: { message: 'Event failed', fields: ['error.name', 'error.message'] },
  deadLetterNotKept: {
    message: 'A dead letter could not be kept',
    fields: ['messageId', 'error.name', 'error.message'],
  },
  postRefused: { message: 'A post did nothing', fields: ['feed', 'outcome'] },
  feedLate: { message: 'A feed is late', fields: ['feed', 'storeId'] },
  fileStopped: { message: 'A file stops', fields: ['feed', 'fileName', 'reason'] },
  pageFailed: { message: 'Page failed', fields: ['error.name', 'error.message'] },
} as const satisfies Record<string, LogLine>;

export interface LogLine {
  readonly message: string;
  readonly fields: readonly string[];
}

import type { WeeklyReport } from './weekly-report.ts';

/** The weekly reports alone, for functions that have nothing to do with handoffs. */
export interface ReportBook {
  /** A consistent read. */
  readReport(reportId: string): Promise<WeeklyReport | undefined>;
  /** Writes the item as its next version. False if it was changed since the read: read and decide again. */
  writeReport(report: WeeklyReport): Promise<boolean>;
}

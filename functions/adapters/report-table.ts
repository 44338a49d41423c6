import type { ReportBook } from '../weekly-report/ports.ts';
import { reportDueAt, type WeeklyReport, weeklyReport } from '../weekly-report/weekly-report.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { placeInDue } from './due-index.ts';
import type { DynamoDB } from './dynamodb.ts';
import { keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/**
 * The weekly reports. Separate from the tasks, so that a function that only reads reports does not bundle the kinds
 * of handoff.
 */
export class ReportTable implements ReportBook {
  readonly #disposeAt: DisposeAt;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#items = new VersionedItems(client, table);
  }

  async readReport(reportId: string): Promise<WeeklyReport | undefined> {
    const { content } = await this.#items.read(keys.report(reportId));
    return content && weeklyReport.parse(content);
  }

  writeReport(report: WeeklyReport): Promise<boolean> {
    const item = {
      type: 'weekly report',
      ...report,
      ...placeInDue(reportDueAt(report)),
      expiresAt: this.#disposeAt(report.updatedAt),
    };
    return this.#items.write(keys.report(report.reportId), item, report);
  }
}

import type { NumbersCounted } from '../../contracts/numbers-counted.ts';
import type { Group } from '../../group/group.ts';
import { policiesOf, proposalsFrom } from '../../numbers/proposals.ts';
import type { NumbersStore, StoreNumbers } from '../../numbers/store-numbers.ts';
import { cellsInNumbers } from '../../numbers/weekly/count-in.ts';
import { summarize } from '../../numbers/weekly/summarize.ts';
import { type ContextServices, contextOfReport } from '../../outbox/context-of.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import type { ReportBook } from '../../weekly-report/ports.ts';
import { reportWeek, reportWeekOfGroup } from '../../weekly-report/report-week.ts';
import { blankReport, reportIdOf } from '../../weekly-report/weekly-report.ts';

export interface ReportingServices extends ContextServices {
  readonly numbers: Pick<NumbersStore, 'read'>;
  readonly reports: ReportBook;
}

/**
 * Queues the week's emails of a store, or of the group, once its numbers are counted. The sweep sends them. Twice,
 * late, or after a new count, the emails are queued once: the report remembers its week.
 */
export async function writeWeek(
  services: ReportingServices,
  { storeId }: Pick<NumbersCounted, 'storeId'>,
): Promise<string> {
  const numbers = await services.numbers.read(storeId);
  if (!numbers) return 'nothing-counted';
  return untilWritten(`The weekly report ${reportIdOf(storeId)}`, async () => {
    const context = await contextOfReport(services, { storeId });
    if (!context) return 'store-left';
    const known = await services.reports.readReport(reportIdOf(storeId));
    const before = known ?? blankReport(storeId, context.now);
    const summary = summaryOf(numbers, context.group);
    const decide = storeId === undefined ? reportWeekOfGroup : reportWeek;
    const next = decide(before, summary, context);
    if (!next) return 'nothing-new';
    return (await services.reports.writeReport(next)) ? 'queued' : CONFLICT;
  });
}

const summaryOf = (numbers: StoreNumbers, group: Group) =>
  summarize({
    today: numbers.months.today,
    cellsIn: cellsInNumbers(numbers),
    about: numbers.storeId === undefined ? 'stores' : 'people',
    proposals: proposalsFrom({ cells: numbers.months.cells, policyOf: policiesOf(group) }),
    since: numbers.months.since,
  });

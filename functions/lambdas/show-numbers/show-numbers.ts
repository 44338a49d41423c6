import { findStore } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { findLink } from '../../links/find-link.ts';
import { staffOf } from '../../links/link.ts';
import { type NumbersPath, readNumbersPath, reportPath } from '../../links/paths.ts';
import { csvOfCells } from '../../numbers/csv.ts';
import { monthsBack } from '../../numbers/periods.ts';
import { policiesOf, proposalsFrom } from '../../numbers/proposals.ts';
import type { NumbersStore, StoreNumbers } from '../../numbers/store-numbers.ts';
import type { Names } from '../../numbers/words.ts';
import { type ContextServices, contextOfReport } from '../../outbox/context-of.ts';
import { numbersPage } from '../../pages/numbers-page.ts';
import { noNumbersPage, refusedPage } from '../../pages/plain-pages.ts';
import type { ReportBook } from '../../weekly-report/ports.ts';
import { findReceiver, mayReadNumbers } from '../../weekly-report/readers.ts';
import type { WeeklyReport } from '../../weekly-report/weekly-report.ts';
import { type Answer, fileReply, pageReply, storePageReply, withoutBody } from '../answer-task/reply.ts';

export interface ShowingServices extends ContextServices {
  readonly numbers: Pick<NumbersStore, 'read'>;
  readonly reports: Pick<ReportBook, 'readReport'>;
}

interface Asked {
  readonly method: string;
  readonly path: string;
}

/**
 * Shows the numbers behind a link of the weekly report, as a page or a file. Any other request gets the same page:
 * nothing here.
 */
export async function showNumbers(services: ShowingServices, { method, path }: Asked): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD')
    return { reply: pageReply(405, refusedPage('method'), { allow: 'GET, HEAD' }), outcome: 'method' };
  const asked = readNumbersPath(path);
  const answer = asked ? await answerLink(services, asked) : notFound;
  return method === 'HEAD' ? { ...answer, reply: withoutBody(answer.reply) } : answer;
}

const notFound: Answer = { reply: pageReply(404, noNumbersPage()), outcome: 'not found' };

async function answerLink(services: ShowingServices, asked: NumbersPath): Promise<Answer> {
  const report = await services.reports.readReport(asked.reportId);
  const link = report && findLink(report.links, asked.secret);
  if (!report || !link || link.expiresAt <= services.clock.now()) return notFound;
  const context = await contextOfReport(services, report);
  const reader = staffOf(link);
  if (!context || reader === undefined || !mayStillRead(report, reader, context)) return notFound;
  const numbers = await services.numbers.read(report.storeId);
  if (!numbers) return notFound;
  const path = reportPath(asked.reportId, asked.secret);
  return asked.isFile ? fileOf(numbers, context) : pageOf(numbers, context, path);
}

/** A link ends with its reader's last day, when they lose the role, or when they are removed from the group's file. */
function mayStillRead({ storeId }: WeeklyReport, id: string, { employed, group }: Context): boolean {
  if (storeId === undefined) return findReceiver(group, id) !== undefined;
  const person = employed(id);
  return person !== undefined && mayReadNumbers(person);
}

/** A year and the current month: each month is shown next to the same month a year earlier. */
const MONTHS_SHOWN = 13;

const selectionOf = ({ months: { today }, storeId }: StoreNumbers) => ({
  storeId,
  from: monthsBack(today, MONTHS_SHOWN),
});

const namesIn = ({ group, person }: Context): Names => ({
  store: (id) => findStore(group, id)?.name ?? id,
  person: (_store, number) => person(number)?.name ?? `employee ${number}`,
});

function pageOf(numbers: StoreNumbers, context: Context, path: string): Answer {
  const { storeId, months: counted } = numbers;
  const { group, store } = context;
  const of = storeId === undefined ? { group } : { group, store };
  const page = numbersPage({
    ...{ counted, selection: selectionOf(numbers), names: namesIn(context), of },
    proposals: proposalsFrom({ cells: counted.cells, policyOf: policiesOf(group) }),
    file: `${path}/numbers.csv`,
  });
  return { reply: storePageReply(of, 200, page), outcome: 'numbers' };
}

function fileOf(numbers: StoreNumbers, context: Context): Answer {
  const { storeId, months } = numbers;
  const fileName = `numbers-${storeId ?? 'group'}-${months.today}.csv`;
  const content = csvOfCells(months, selectionOf(numbers), namesIn(context));
  return { reply: fileReply({ fileName, contentType: 'text/csv; charset=utf-8', content }), outcome: 'file' };
}

import { credit, type Dispute } from '../../functions/handoff/credit-record.ts';
import { isEmail, later } from '../../functions/handoff/outbox.ts';
import { type EmailEntry, isStaff, type OutboxEntry } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import type { CreditEntry } from '../../functions/ports.ts';
import { type DeliberateBreakage, readingTasks, writingTasks } from './breakage.ts';
import type { Services } from './cloud.ts';
import { onlyWith } from './weather.ts';
import type { Breakage } from './world.ts';

const weather = onlyWith({ 'slow call': 0.1, 'event comes late': 0.1 });

/** One guard of credit taken away, where customers are handed over and buy in every run. */
const without = (
  name: string,
  says: RegExp,
  breakage: Omit<Breakage, 'tells'>,
  firstSeed = 1,
): DeliberateBreakage => ({
  ...{ name, says, weather, firstSeed },
  breakage: { ...breakage, tells: ['credit'] },
});

/** What is not noted at the places of a customer is not found there. */
const notNoting =
  (of: CreditEntry['of']) =>
  (services: Services): Services => ({
    ...services,
    credit: {
      note: async (entry, places, at) =>
        entry.of === of ? undefined : services.credit.note(entry, places, at),
      find: (places) => services.credit.find(places),
    },
  });

const withEntries = (task: Task, change: (entry: OutboxEntry) => OutboxEntry[]): Task => ({
  ...task,
  outbox: task.outbox.flatMap(change),
});

const isTold = (entry: OutboxEntry, message: string): boolean =>
  isEmail(entry) && entry.message === message && entry.state === 'owed';
const isNews = (entry: OutboxEntry): entry is EmailEntry => isEmail(entry) && entry.message === 'later-sale';

const twice = (entry: OutboxEntry): OutboxEntry[] => [
  entry,
  { ...entry, id: `e${Number(entry.id.slice(1)) + 500}` },
];

const changingCredit = (task: Task, change: (known: NonNullable<Task['credit']>) => object): Task =>
  task.credit === undefined ? task : { ...task, credit: credit.parse(change(task.credit)) };

const undecided = ({ decided: _forgotten, ...dispute }: Dispute): Dispute => dispute;

/** The facts of a task, as if one of them were not known. */
const forgetting =
  (...names: readonly string[]) =>
  <T extends Task>(task: T): T => ({
    ...task,
    facts: Object.fromEntries(Object.entries(task.facts).filter(([name]) => !names.includes(name))),
  });

const inOutcomes = (change: <T extends Task>(task: T) => T) =>
  readingTasks((task, { name }) => (name === 'keep-outcomes' ? change(task) : task));

/** Guards of credit and of handoffs that people start, one taken away each. */
export const creditBreakages: readonly DeliberateBreakage[] = [
  without('a sale is not noted at the places of its buyer', /was not found to follow/, {
    services: notNoting('deal'),
  }),
  without(
    'a deal counts although it was unwound',
    /the deal was unwound/,
    { services: inOutcomes(forgetting('unwound')) },
    57,
  ),
  without(
    'a corrected deal is a later sale',
    /the sale came first/,
    { services: inOutcomes(forgetting('soldSince')) },
    11,
  ),
  without(
    'a shopper who is sent again is handed over anew',
    /was not found to follow/,
    { services: inOutcomes((task) => ({ ...task, started: undefined, saidSince: undefined })) },
    871,
  ),
  without(
    'the window of the group is forgotten',
    /too long before/,
    {
      services: (services) => ({ ...services, group: { ...services.group, creditWithinDays: 730 } }),
    },
    82,
  ),
  without('whoever buys under a merged number is another customer', /was not found to follow/, {
    services: (services, { name }) =>
      name === 'keep-outcomes'
        ? {
            ...services,
            contacts: {
              read: async (reached) => ({ ...(await services.contacts.read(reached)), numbers: [] }),
              change: (...changed) => services.contacts.change(...changed),
            },
          }
        : services,
  }),
  without('a sale that was found is found anew by every event', /credited \d+ times|is no news|is not kept/, {
    services: writingTasks((task) =>
      changingCredit(task, ({ matches, ...rest }) => ({
        ...rest,
        matches: matches.flatMap((one) => [one, one]).slice(0, 12),
      })),
    ),
  }),
  without('only one of the two people hears of the sale', /is not told of a sale/, {
    services: writingTasks((task) =>
      withEntries(task, (entry) =>
        isNews(entry) && isStaff(entry.to) && entry.to.staff === task.assignee?.employeeNumber ? [] : [entry],
      ),
    ),
  }),
  without('the sale is told to everybody at every write', /is no news/, {
    services: writingTasks((task) =>
      withEntries(task, (entry) => (isTold(entry, 'later-sale') ? twice(entry) : [entry])),
    ),
  }),
  without('the sale is told in a list of another day', /not read on the day/, {
    services: writingTasks((task) =>
      withEntries(task, (entry) =>
        isNews(entry) && entry.notBefore !== undefined
          ? [{ ...entry, notBefore: later(entry.notBefore, 86_400) }]
          : [entry],
      ),
    ),
  }),
  without('a decision of a manager is forgotten as the page is opened again', /was decided anew/, {
    services: readingTasks((task) =>
      task.credit === undefined
        ? task
        : { ...task, credit: { ...task.credit, disputes: task.credit.disputes.map(undecided) } },
    ),
  }),
  without('a dispute is dropped once it is decided', /a dispute about .* was forgotten/, {
    services: writingTasks((task) =>
      changingCredit(task, ({ disputes, ...rest }) => ({
        ...rest,
        disputes: disputes.filter(({ decided }) => decided === undefined),
      })),
    ),
  }),
  without(
    'a handoff that was started by mistake keeps its credit',
    /but is not credited: started-by-mistake/,
    {
      services: inOutcomes((task) =>
        task.ended?.outcome === 'started-by-mistake' ? { ...task, ended: undefined } : task,
      ),
    },
  ),
  without('a wrong start keeps its clock running', /left something behind/, {
    services: writingTasks((task, now) =>
      task.ended?.outcome === 'started-by-mistake'
        ? { ...task, deadlines: { ...task.deadlines, 'follow-up': later(now, 86_400) } }
        : task,
    ),
  }),
  without(
    'the customer’s word whether they met somebody signs the handoff',
    /word of the customer .* moved/,
    {
      services: writingTasks((task) =>
        task.kind === 'service-introduction' && 'met' in task && task.state === 'accepted'
          ? { ...task, deadlines: {} }
          : task,
      ),
    },
    28,
  ),
  without('a no of a customer is told to the manager twice', /say that the customer of/, {
    services: writingTasks((task) =>
      withEntries(task, (entry) => (isTold(entry, 'customer-met-nobody') ? twice(entry) : [entry])),
    ),
  }),
  without('the facts of the ledger carry the numbers themselves', /a fact of the ledger names/, {
    services: (services, { name }) =>
      name === 'keep-outcomes'
        ? {
            ...services,
            customerKey: {
              read:
                async () =>
                ([, text]) =>
                  text.split(/[:/]/).at(-1) ?? text,
            },
          }
        : services,
  }),
  without('what no longer follows is not told to the ledger', /the ledger counts other later sales/, {
    services: (services) => ({
      ...services,
      outcomes: {
        keep: (facts, now) =>
          services.outcomes.keep(
            facts.filter(({ fact }) => fact.what !== 'no longer matched'),
            now,
          ),
      },
    }),
  }),
];

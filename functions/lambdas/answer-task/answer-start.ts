import { type Hit, MOST_HITS } from '../../customers/find.ts';
import { readingIn } from '../../customers/reading.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import {
  type KnownShopper,
  type Started,
  type StartFieldName,
  startFieldNames,
} from '../../handoff/start-form.ts';
import type { Task } from '../../handoff/task.ts';
import { addressOfCustomer, kindOf } from '../../handoffs/kinds.ts';
import { type Startable, type StartServices, startable } from '../../handoffs/starts.ts';
import { dayIdOf } from '../../my-day/my-day.ts';
import { mayOpen } from '../../my-day/worklist.ts';
import { notFoundPage } from '../../pages/plain-pages.ts';
import { LOOK_UP, START, type StartOutcome, startPage } from '../../pages/start-page.ts';
import { worksFor } from '../../people/staff.ts';
import { findCustomers } from './find-customer.ts';
import { type Answer, pageReply, seeOther, storePageReply } from './reply.ts';
import { type Request, readForm } from './request.ts';
import { atOwnStore, type Owner, ownerOf, visitorOf } from './visitor.ts';

/** The person who starts a handoff, from their own page or from the page of an earlier handoff of the same customer. */
interface Starter extends Pick<Owner, 'reader' | 'context'> {
  readonly back: string;
  /** The path of the page that shows the started handoff. */
  readonly seenAt: (taskId: string) => string;
  readonly earlier?: Task;
}

type Form = ReadonlyMap<string, string>;

export const STARTED = 'started';

/** GET shows the form. POST acts: it finds a customer, or starts the handoff that the form is for. */
export async function answerStart(services: StartServices, request: Request): Promise<Answer> {
  const starter = await starterOf(services, request);
  const what = starter && startable.find(({ kind }) => kind === request.query.get('kind'));
  if (!starter || !what || !worksFor(starter.reader, what.form.offeredTo)) return notFound;
  if (request.method !== 'POST') return shown(starter, what, new Map(), { outcome: 'start form' });
  const form = await readForm(request);
  switch (form.get('choice')) {
    case LOOK_UP:
      return starter.earlier ? notFound : lookUp(services, starter, what, form);
    case START:
      return start(services, starter, what, form);
    default:
      return notFound;
  }
}

const notFound: Answer = { reply: pageReply(404, notFoundPage()), outcome: 'not found' };

async function starterOf(services: StartServices, request: Request): Promise<Starter | undefined> {
  if (request.taskId === '') {
    const owner = await ownerOf(services, request);
    return owner && { ...owner, back: owner.path, seenAt: (taskId) => `${owner.path}/${taskId}` };
  }
  const visitor = await visitorOf(services, request);
  const own = visitor && (await atOwnStore(services, visitor));
  if (!visitor || !own) return undefined;
  const { path, dayPath, task } = visitor;
  const seenAt = (taskId: string) => (dayPath === undefined ? path : `${dayPath}/${taskId}`);
  return { ...own, back: path, earlier: task, seenAt };
}

async function lookUp(
  services: StartServices,
  starter: Starter,
  what: Startable,
  form: Form,
): Promise<Answer> {
  const found = await findCustomers(services, starter, form.get('asked') ?? '');
  if (found.is !== 'found')
    return shown(starter, what, form, { outcome: 'look-up refused', notice: found, status: 422 });
  const answer = shown(starter, what, form, {
    outcome: 'look-up',
    notice: { is: 'found' },
    hits: found.hits,
  });
  return { ...answer, lookedUp: whoLookedUp(starter, found.hits) };
}

const whoLookedUp = ({ reader }: Starter, hits: readonly Hit[]): NonNullable<Answer['lookedUp']> => ({
  dayId: dayIdOf(reader.storeId, reader.employeeNumber),
  customers: hits.map(({ customer }) => customer.customerNumber),
});

/** Looks the chosen customer up once more: what a browser sends does not prove that the search found it. */
async function start(
  services: StartServices,
  starter: Starter,
  what: Startable,
  form: Form,
): Promise<Answer> {
  const chosen = form.get('found') ?? '';
  const found = chosen === '' ? undefined : await findCustomers(services, starter, form.get('asked') ?? '');
  const hits = found?.is === 'found' ? found.hits : [];
  const hit = hits.find(({ token }) => token === chosen);
  if (chosen !== '' && !hit)
    return shown(starter, what, form, { outcome: 'wrong', notice: { is: 'choose again' }, status: 422 });
  const known = hit ?? knownFrom(starter);
  const read = readStart(starter, what, { typed: typedIn(form), known });
  if (!read.ok)
    return shown(starter, what, form, {
      outcome: 'wrong',
      notice: { is: 'wrong', fields: read.fields },
      status: 422,
      hits,
    });
  const { taskId, outcome } = await read.run(services);
  // Typing a deal number must not open somebody else's handoff.
  if (!(await maySee(services, starter, taskId)))
    return shown(starter, what, form, {
      outcome: 'known before',
      notice: { is: 'known before' },
      status: 409,
    });
  const reply = seeOther(`${starter.seenAt(taskId)}?done=${STARTED}`);
  return { reply, outcome: `started: ${outcome}`, taskId };
}

async function maySee({ tasks }: StartServices, { reader }: Starter, taskId: string): Promise<boolean> {
  const task = await tasks.read(taskId);
  return task !== undefined && mayOpen(task, reader);
}

type Typed = Pick<Started, 'typed' | 'known'>;

function readStart({ reader, context }: Starter, { form, start }: Startable, { typed, known }: Typed) {
  const { now, group, roster } = context;
  const by = reader.employeeNumber;
  const missing = form.required.filter((name) => (typed[name] ?? '').trim() === '');
  const detail = form.detailOf({ storeId: reader.storeId, by, at: now, typed, known });
  const reading = { ...readingIn(group, new Set(roster.map(({ email }) => email))), now };
  const read = start(detail, reading);
  const wrong = read.ok ? [] : read.wrong.flatMap(fieldAt);
  if (missing.length + wrong.length === 0 && read.ok) return read;
  return { ok: false, fields: [...new Set([...missing, ...wrong])] } as const;
}

/** The form's field for a path of the event; both use the same name. */
const fieldAt = (path: string): StartFieldName[] => {
  const last = path.split('.').at(-1) ?? '';
  return startFieldNames.filter((name) => name === last);
};

/**
 * The customer of the handoff from which the form was opened. A customer number of another store is dropped: it means
 * nothing here.
 */
function knownFrom({ earlier, reader }: Starter): KnownShopper | undefined {
  const fact = earlier && kindOf(earlier).customerFactOf(earlier);
  if (!earlier || !fact) return undefined;
  const { customerNumber, ...customer } = fact.customer;
  const isOurs = fact.storeId === reader.storeId && !isStandIn(customerNumber);
  const vehicle = kindOf(earlier).vehicleOf(earlier);
  const email = addressOfCustomer(earlier);
  return {
    customer: { ...customer, email, ...(isOurs ? { customerNumber } : {}) },
    ...(vehicle && !isStandIn(vehicle.vin) ? { vehicle } : {}),
  };
}

const typedIn = (form: Form): Started['typed'] =>
  Object.fromEntries(startFieldNames.map((name) => [name, form.get(name)?.trim()]));

interface Showing {
  readonly outcome: string;
  readonly notice?: StartOutcome;
  readonly status?: number;
  readonly hits?: readonly Hit[];
}

function shown(
  starter: Starter,
  { form }: Startable,
  sent: Form,
  { outcome, notice, status = 200, hits = [] }: Showing,
): Answer {
  const { group, store } = starter.context;
  const page = startPage(
    {
      ...{ group, store, reader: starter.reader, form, back: starter.back },
      ...{ known: knownFrom(starter), typed: typedIn(sent), asked: sent.get('asked') ?? '', hits },
      chosen: sent.get('found') ?? (hits.length === 1 ? (hits[0]?.token ?? '') : ''),
    },
    notice,
  );
  const isTooMany = notice?.is === 'found' && hits.length > MOST_HITS;
  return { reply: storePageReply({ group, store }, isTooMany ? 422 : status, page), outcome };
}

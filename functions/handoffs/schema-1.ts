import * as z from 'zod';

/**
 * Upgrades items written by releases before 2026-12 (schema 1), which stored log entries, reasons and notes as
 * sentences; only this file knows those sentences. An item is upgraded when it is read, and the next write stores
 * schema 2.
 */
const stored = z.looseObject({ schema: z.number() });

/** Upgrades an item to the current schema. A current item is returned unchanged. */
export function upgraded(item: Record<string, unknown>): Record<string, unknown> {
  if (stored.parse(item).schema !== 1) return item;
  return item['kind'] === 'my-day' ? upgradedDay(dayOne.parse(item)) : upgradedTask(taskOne.parse(item));
}

const noteOne = z.record(z.string(), z.string());
const entryOne = z.looseObject({
  type: z.string(),
  id: z.string(),
  state: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  note: noteOne.optional(),
  detailType: z.string().optional(),
  about: z.string().optional(),
  to: z.union([z.string(), z.object({ staff: z.string() })]).optional(),
});
type EntryOne = z.infer<typeof entryOne>;

const lineOne = z.looseObject({ reason: z.string().optional() });

const logOne = z.object({
  at: z.string(),
  by: z.string(),
  what: z.string(),
  detail: z.string().optional(),
  eventId: z.string().optional(),
});
type LogOne = z.infer<typeof logOne>;

const endedOne = z.looseObject({ outcome: z.string() });
const undoOne = z.looseObject({
  choice: z.string(),
  before: z.looseObject({ advisorSays: z.string().optional(), toldSales: z.boolean().optional() }).optional(),
});

const taskOne = z.looseObject({
  kind: z.string(),
  state: z.string(),
  outbox: z.array(entryOne),
  settled: z.array(lineOne).optional(),
  log: z.array(logOne),
  ended: endedOne.optional(),
  undo: undoOne.optional(),
  assignee: z.looseObject({ employeeNumber: z.string() }).optional(),
  overCap: z
    .looseObject({ at: z.string(), of: z.string(), why: z.string(), until: z.string().optional() })
    .optional(),
});
type TaskOne = z.infer<typeof taskOne>;

const dayOne = z.looseObject({ outbox: z.array(entryOne), askedAt: z.string().optional() });

function upgradedDay({ askedAt, ...day }: z.infer<typeof dayOne>): Record<string, unknown> {
  const outbox = day.outbox.map((entry) => {
    const { note, ...entryFields } = entry;
    return { ...entryFields, ...reasonOf(entry), ...(note ? { note: { code: 'asked-for' } } : {}) };
  });
  return { ...day, schema: 2, outbox, ...(askedAt === undefined ? {} : { linkRequests: [askedAt] }) };
}

function upgradedTask(task: TaskOne): Record<string, unknown> {
  const { overCap, undo, ...taskFields } = task;
  return {
    ...taskFields,
    schema: 2,
    outbox: task.outbox.map((entry) => upgradedEntry(entry, task.kind)),
    ...(task.settled ? { settled: task.settled.map((line) => ({ ...line, ...reasonOf(line) })) } : {}),
    log: task.log.map((entry) => upgradedLog(entry, task.kind)),
    ...fieldsFromLog(task),
    ...(overCap ? { overCap: upgradedCap(overCap) } : {}),
    ...(undo ? { undo: upgradedUndo(undo) } : {}),
  };
}

function upgradedUndo({ before, ...undo }: z.infer<typeof undoOne>): object {
  if (!before) return undo;
  const { advisorSays, toldSales, ...shared } = before;
  const own = {
    ...(advisorSays === undefined ? {} : { advisorSays }),
    ...(toldSales === undefined ? {} : { toldSales }),
  };
  return { ...undo, before: { ...shared, own } };
}

const upgradedCap = ({ at, why, until }: NonNullable<TaskOne['overCap']>) => ({
  at,
  cap: capOf(why),
  ...(until === undefined ? {} : { until }),
});

function capOf(why: string): string {
  if (why.startsWith('the car ')) return 'vehicle';
  if (why.startsWith('the household ')) return 'household';
  if (why.startsWith("the person's nudges")) return 'person';
  return why.startsWith('the person has more nudges') ? 'days-ahead' : 'customer';
}

/** Fields for data that decisions of those releases read from the log. */
function fieldsFromLog({ log, assignee, state }: TaskOne): object {
  const holders = log.flatMap(({ what, detail = '' }) =>
    what === 'assigned' ? [detail.split(': ')[0] ?? ''] : [],
  );
  const heldBy = [...new Set(holders)].filter((number) => number !== assignee?.employeeNumber);
  const last = (what: string) => log.findLast((entry) => entry.what === what)?.at;
  const limits = ['accept-reminder', 'accept-escalation', 'complete-reminder', 'complete-escalation'];
  const passed = limits.flatMap((name) => {
    const at = last(name);
    return at === undefined ? [] : [[name, at] as const];
  });
  const [acceptedAt, releasedAt] = [last('accept'), last('release')];
  const requests = log.filter(({ what }) => what === 'fresh link').map(({ by, at }) => ({ by, at }));
  return {
    ...(heldBy.length > 0 ? { heldBy } : {}),
    ...(passed.length > 0 ? { passed: Object.fromEntries(passed) } : {}),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(releasedAt === undefined ? {} : { releasedAt }),
    said: log.filter(isSaid).map(saidIn),
    ...(requests.length > 0 ? { linkRequests: requests } : {}),
    ...(state === 'waiting' ? snoozedIn(log) : {}),
  };
}

function snoozedIn(log: readonly LogOne[]): object {
  const last = log.findLast(({ what }) => what === 'early fact' || what === 'snooze');
  return last?.what === 'snooze' ? { snoozed: { by: last.by, at: last.at } } : {};
}

const choiceNames: ReadonlySet<string> = new Set([
  'introduced-in-person',
  'introduced-by-video',
  'not-yet',
  'visit-booked',
  'first-visit-booked',
  'customer-declined',
  'good-time',
  'not-a-good-time',
  'never-for-this-customer',
  'open-to-looking',
  'repair-it',
  'not-now',
  'may-be-asked',
  'contacted',
  'appointment-set',
  'sold',
  'not-ready',
  'wrong-car',
  'already-bought',
  'customer-email',
  'send-again',
  'leave-it',
  'hand-over',
  'decline',
  'note',
]);

/** `accept` and `snooze` were logged twice: as the step, without a detail, and again as the choice. */
const isChoice = ({ what }: LogOne): boolean => choiceNames.has(what);
const isSaid = (entry: LogOne): boolean => isChoice(entry) || entry.what === 'undone';
const saidIn = ({ by, at, what, detail }: LogOne) =>
  what === 'undone'
    ? { by, at, choice: 'undo' }
    : { by, at, choice: what, ...(detail === undefined ? {} : { value: detail }) };

const triggers: ReadonlySet<string> = new Set([
  'opening fact',
  'early fact',
  'old fact',
  'release',
  'cap',
  'asked anew',
  'snooze',
  'accept',
  'route on',
  'outcome',
  'closing fact',
  'given up',
  'sold again',
]);
const endings: ReadonlySet<string> = new Set(['outcome', 'closing fact', 'given up']);
const reports: ReadonlySet<string> = new Set([
  'Send',
  'Delivery',
  'DeliveryDelay',
  'Bounce',
  'Complaint',
  'Reject',
]);

function upgradedLog({ what, detail, ...logged }: LogOne, kind: string): object {
  if (endings.has(what)) return { ...logged, what: 'step', trigger: what, outcome: detail };
  if (triggers.has(what)) {
    const own = ownNote(kind, detail);
    return { ...logged, what: 'step', trigger: what, ...(own ? { own } : {}) };
  }
  if (choiceNames.has(what)) {
    return { ...logged, what: 'choice', choice: what, ...(detail === undefined ? {} : { value: detail }) };
  }
  if (what === 'assigned') {
    const [employeeNumber = '', reason = 'fair choice'] = (detail ?? '').split(': ');
    return { ...logged, what, employeeNumber, reason };
  }
  if (what === 'moved') return { ...logged, what, why: { code: 'earlier-release', text: detail ?? '' } };
  if (what === 'undone') return { ...logged, what, choice: detail ?? '' };
  if (what === 'fresh link') return { ...logged, what };
  if (reports.has(what)) return { ...logged, what: 'email report', report: what, entry: detail ?? '' };
  if (what.startsWith('not sent: ')) {
    const message = what.slice('not sent: '.length);
    return { ...logged, what: 'email not sent', message, reason: reasonIn(detail ?? '') };
  }
  if (what === 'no email address of the customer') return { ...logged, what: 'no address' };
  if (/^(?:accept|complete)-(?:reminder|escalation)$/.test(what)) {
    return { ...logged, what: 'deadline', deadline: what };
  }
  const own = ownNote(kind, what, detail);
  if (own) return { ...logged, what: 'fact', own };
  return { ...logged, what: 'earlier release', text: what, ...(detail === undefined ? {} : { detail }) };
}

/** The sentences of each kind's log. */
const ownNotes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'service-introduction': {
    'the store is off': 'store-off',
    'sold too long ago': 'sold-too-long-ago',
    'not a retail sale': 'not-a-retail-sale',
    'sale corrected': 'sale-corrected',
    'deal unwound': 'deal-unwound',
    'first service raised': 'first-service-raised',
  },
  'first-service-visit': {
    'the store is off': 'store-off',
    'due too long ago': 'due-too-long-ago',
    'the customer has been here': 'already-visited',
    visited: 'visited',
    booked: 'booked',
    'booked early': 'booked-early',
    'due date corrected': 'due-date-corrected',
    'deal unwound': 'deal-unwound',
  },
  'repair-options': {
    'the store is off': 'store-off',
    'the order was closed already': 'order-closed-already',
    'quoted too long ago': 'quoted-too-long-ago',
    'quote changed': 'quote-changed',
    'order voided': 'order-voided',
    'order closed': 'order-closed',
  },
  'upgrade-conversation': { 'the car left': 'car-left', 'quote changed': 'quote-changed' },
};

function ownNote(kind: string, text: string | undefined, detail?: string): object | undefined {
  if (text === undefined) return undefined;
  const code = ownNotes[kind]?.[text];
  if (code !== undefined) return { code };
  const [, when, date] = /^(delivery|invitation) on (\d{4}-\d\d-\d\d)$/.exec(text) ?? [];
  if (when !== undefined) return { code: `${when}-on`, date };
  const [, status] = /^appointment (booked|cancelled|no-show)$/.exec(text) ?? [];
  if (status !== undefined) return { code: 'appointment', status, appointmentNumber: detail ?? '' };
  return kind === 'upgrade-conversation' && /^the (?:customer|car|household|person)/.test(text)
    ? { code: 'over-cap', cap: capOf(text) }
    : undefined;
}

function upgradedEntry(entry: EntryOne, kind: string): object {
  const { note, about, ...entryFields } = entry;
  if (entry.type === 'event') {
    return {
      ...entryFields,
      ...reasonOf(entry),
      ...(about === undefined ? {} : { about: aboutIn(about, entry) }),
    };
  }
  return { ...entryFields, ...reasonOf(entry), ...(note ? noteIn(note, kind) : {}) };
}

const reasonOf = ({ reason }: { readonly reason?: string | undefined }) =>
  reason === undefined ? {} : { reason: reasonIn(reason) };

const reasons: Readonly<Record<string, object>> = {
  'lost its moment before it could be sent': { code: 'too-late' },
  'the sender stopped while sending': { code: 'sender-stopped' },
  'mail to the address bounced before': { code: 'bounced-before' },
  'the customer has no email address': { code: 'no-address' },
  'the customer opted out of this kind of email': { code: 'opted-out' },
  "the address is not on the store's allow-list": { code: 'not-on-allow-list' },
  'nobody of the roster to write to any more': { code: 'nobody-to-write-to' },
  'nothing is open any more': { code: 'nothing-open' },
  'the task was cancelled': { code: 'task-cancelled' },
  'left, as a person decided': { code: 'left-by-a-person' },
  'taken back before it was sent': { code: 'choice-taken-back' },
  'the visit was booked before that day': { code: 'woken-early' },
  'the person is not here any more': { code: 'person-gone' },
  'somebody else has it now': { code: 'with-somebody-else' },
  'nobody is late to accept any more': { code: 'not-late-any-more', deadline: 'accept' },
  'nobody is late to complete any more': { code: 'not-late-any-more', deadline: 'complete' },
  'SES rejected it': { code: 'rejected-by-ses' },
  'our sender address is not verified': { code: 'sender-not-verified' },
  'the recipient is not verified': { code: 'recipient-not-verified' },
  'not tried: SES took no email before it': { code: 'ses-closed' },
};

function reasonIn(text: string): object {
  const known = reasons[text];
  if (known) return known;
  const [, outcome] = /^the task ended: (.*)$/s.exec(text) ?? [];
  if (outcome !== undefined) return { code: 'ended', outcome };
  const [, days, error] = /^not accepted for (\d+) days: (.*)$/s.exec(text) ?? [];
  if (days !== undefined) return { code: 'not-accepted-for-days', days: Number(days), error };
  const [, mode] = /^the store is in ([\w-]+) mode/.exec(text) ?? [];
  if (mode !== undefined) return { code: 'store-mode', mode };
  return { code: 'earlier-release', text };
}

function aboutIn(about: string, { detailType }: EntryOne): object {
  if (detailType === 'upgrade-conversation-due') return { code: 'asked-by', askedBy: about };
  if (detailType === 'customer-answered') {
    const takenBack = about.startsWith('taken back: ');
    return { code: 'statement', said: takenBack ? about.slice('taken back: '.length) : about, takenBack };
  }
  return { code: 'earlier-release', text: about };
}

function noteIn(note: Readonly<Record<string, string>>, kind: string): object {
  const deadline = note['late'] === 'complete' ? 'complete' : 'accept';
  const { instead, entry, problem, why } = note;
  if (instead !== undefined) return { note: { code: 'unread', deadline, entry: instead, reader: '' } };
  if (problem !== undefined) return { note: { code: 'problem', problem, entry: entry ?? '' } };
  if (note['late'] !== undefined) {
    return { note: { code: why === undefined ? 'late' : 'mailbox-bounced', deadline } };
  }
  if (why !== undefined) return { note: { code: 'earlier-release', text: why } };
  const own = ownOf(note, kind);
  return own ? { own } : {};
}

function ownOf(note: Readonly<Record<string, string>>, kind: string): object | undefined {
  const { wasCents, isCents, change, moved, reason } = note;
  if (moved !== undefined) return { code: 'visit-moved' };
  if (kind === 'first-service-visit' && reason !== undefined) return { code: 'visit-cancelled', how: reason };
  if (wasCents !== undefined) return { code: 'amount-changed', ...cents({ wasCents, isCents }) };
  if (change === undefined) return undefined;
  return kind === 'repair-options'
    ? { code: 'sheet-changed', part: sheetParts[change] ?? 'work' }
    : { code: 'nudge-changed', part: nudgeParts[change] ?? 'work' };
}

const cents = (texts: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text ? [[name, Number(text)] as const] : [])),
  );

const sheetParts: Readonly<Record<string, string>> = {
  'the work that is quoted, or the answer to it.': 'work',
  'when the car is promised, or where the customer is.': 'promise',
  'what is known of the car.': 'car',
  'what speaks for and against another car.': 'reasons',
};
const nudgeParts: Readonly<Record<string, string>> = {
  'What speaks for a conversation changed.': 'reasons',
  'The work that is quoted, or what was declined of it, changed.': 'work',
  'The car is promised for another time.': 'promise',
  'The customer chose to have the car repaired. Please note how your conversation ended.': 'repair-chosen',
};

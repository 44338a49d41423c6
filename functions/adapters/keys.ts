import { hash } from '../group/hash.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const ADDRESS = 'address#';
const PLACE = 'place#';
export const SALE = 'sale#';
/** Sorts between `owners` and the sales of a car. */
export const CAR_VALUE = 'price';

export const MEMORY = 'memory';

/** The plain hashes of an address or phone, and of a name. Keyed hashes are made from these. */
export const addressHash = (address: string): string => hash([address.toLowerCase()]);
export const nameHash = (nameKey: string): string => hash([nameKey]);

export const hashOfAddressKey = (pk: string): string => pk.slice(ADDRESS.length);
export const hashOfPlaceKey = (pk: string): string => pk.slice(PLACE.length);

/** Marks, among the sources heard from, a feed's time of reading. */
const READ = '*';
export const isOfFileRead = (sk: string): boolean => sk.startsWith(`${READ}#`);

export const keys = {
  day: (dayId: string): Key => ({ pk: `day#${dayId}`, sk: 'day' }),
  report: (reportId: string): Key => ({ pk: `report#${reportId}`, sk: 'report' }),
  store: (storeId: string): Key => ({ pk: `store#${storeId}`, sk: 'watch' }),
  task: (taskId: string): Key => ({ pk: `task#${taskId}`, sk: 'task' }),
  roster: (storeId: string) => `roster#${storeId}`,
  unknownNumbers: (storeId: string) => `unknown-number#${storeId}`,
  unknownNumber: (storeId: string, number: string): Key => ({
    pk: keys.unknownNumbers(storeId),
    sk: number,
  }),
  staff: (storeId: string, employeeNumber: string): Key => ({ pk: keys.roster(storeId), sk: employeeNumber }),
  address: (address: string): Key => keys.addressOfHash(addressHash(address)),
  addressOfHash: (of: string): Key => ({ pk: `${ADDRESS}${of}`, sk: 'address' }),
  place: (keyedHash: string): Key => ({ pk: `${PLACE}${keyedHash}`, sk: 'place' }),
  /** Next to the remarks of the same place. */
  appointments: (keyedHash: string): Key => ({ pk: keys.place(keyedHash).pk, sk: 'appointments' }),
  /** As releases before 2026-12 stored them. */
  formerAppointments: (of: string): Key => ({ pk: keys.addressOfHash(of).pk, sk: 'appointments' }),
  vehicle: (vin: string) => `vehicle#${vin}`,
  carOwners: (vin: string): Key => ({ pk: keys.vehicle(vin), sk: 'owners' }),
  modelRecalls: ({ make, model, year }: { make: string; model: string; year: number }): Key => ({
    pk: `recalls#${hash([make.toLowerCase(), model.toLowerCase(), String(year)])}`,
    sk: 'model',
  }),
  carValue: (vin: string): Key => ({ pk: keys.vehicle(vin), sk: CAR_VALUE }),
  visit: (visit: { vin: string; closedOn: string; storeId: string; roNumber: string }): Key => ({
    pk: keys.vehicle(visit.vin),
    sk: `visit#${visit.closedOn}#${visit.storeId}#${visit.roNumber}`,
  }),
  visitOfCustomer: (visit: {
    customerNumber: string;
    closedOn: string;
    storeId: string;
    roNumber: string;
  }): Key => ({
    pk: keys.customerSince(visit.storeId, visit.customerNumber).pk,
    sk: `visit#${visit.closedOn}#${visit.storeId}#${visit.roNumber}`,
  }),
  aheadOn: (storeId: string, date: string) => `ahead#${storeId}#${date}`,
  /** By store and day, so that one query finds who is booked. */
  ahead: (note: { storeId: string; on: string; appointmentNumber: string }): Key => ({
    pk: keys.aheadOn(note.storeId, note.on),
    sk: note.appointmentNumber,
  }),
  order: (storeId: string, roNumber: string): Key => ({ pk: `order#${storeId}#${roNumber}`, sk: 'order' }),
  deal: (storeId: string, dealNumber: string): Key => ({ pk: `deal#${storeId}#${dealNumber}`, sk: 'deal' }),
  sale: (sale: { vin: string; soldOn: string; storeId: string; dealNumber: string }): Key => ({
    pk: keys.vehicle(sale.vin),
    sk: `${SALE}${sale.soldOn}#${sale.storeId}#${sale.dealNumber}`,
  }),
  saleToCustomer: (sale: {
    customerNumber: string;
    soldOn: string;
    storeId: string;
    dealNumber: string;
  }): Key => ({
    pk: keys.customerSince(sale.storeId, sale.customerNumber).pk,
    sk: `${SALE}${sale.soldOn}#${sale.storeId}#${sale.dealNumber}`,
  }),
  customerSince: (storeId: string, customerNumber: string): Key => ({
    pk: `customer#${storeId}#${customerNumber}`,
    sk: 'since',
  }),
  memoryOfCustomer: (storeId: string, customerNumber: string): Key => ({
    pk: keys.customerSince(storeId, customerNumber).pk,
    sk: MEMORY,
  }),
  /** Both hashes are keyed. Release 0.1 stored remarks without a name. */
  memoryAtPlace: (keyedHash: string, nameHash?: string): Key => ({
    pk: keys.place(keyedHash).pk,
    sk: nameHash === undefined ? MEMORY : `${MEMORY}#${nameHash}`,
  }),
  /** As releases before 2026-12 stored them: by plain hashes. */
  formerMemory: (of: string, nameHash?: string): Key => ({
    pk: keys.addressOfHash(of).pk,
    sk: nameHash === undefined ? MEMORY : `${MEMORY}#${nameHash}`,
  }),
  customerNumber: (storeId: string, customerNumber: string): Key => ({
    pk: `number#${storeId}#${customerNumber}`,
    sk: 'number',
  }),
  /** Two versions of a quote may have the same instant, so the hash tells them apart. */
  decision: (storeId: string, roNumber: string, quotedAt: string, contentHash?: string): Key => ({
    pk: `decisions#${storeId}#${roNumber}`,
    sk: contentHash === undefined ? quotedAt : `${quotedAt}#${contentHash}`,
  }),
  /** One item for all versions of a visit, as long as nobody was asked about it. */
  visitDecision: (storeId: string, roNumber: string): Key => ({
    pk: keys.decision(storeId, roNumber, '').pk,
    sk: 'visit',
  }),
  card: (storeId: string, customerNumber: string): Key => ({
    pk: keys.customerSince(storeId, customerNumber).pk,
    sk: 'card',
  }),
  /** By keyed hash. Several customers may share one phone number, so the customer is in the sort key. */
  lookUp: (keyedHash: string, storeId: string, customerNumber: string): Key => ({
    pk: `look-up#${keyedHash}`,
    sk: `${storeId}#${customerNumber}`,
  }),
  /** The partition of a store's customers who have the same advisor. It is read page by page. */
  advisedBy: (storeId: string, advisorNumber: string) => `advised#${storeId}#${advisorNumber}`,
  advised: (storeId: string, advisorNumber: string, customerNumber: string): Key => ({
    pk: keys.advisedBy(storeId, advisorNumber),
    sk: customerNumber,
  }),
  campaign: (campaignId: string): Key => ({ pk: `campaign#${campaignId}`, sk: 'campaign' }),
  lettersOf: (campaignId: string) => `letter#${campaignId}`,
  /** A letter's id begins with the id of its campaign. */
  letter: (letterId: string): Key => ({
    pk: keys.lettersOf(letterId.slice(0, 16)),
    sk: letterId.slice(16),
  }),
  erased: 'erased',
  cap: (what: string): Key => ({ pk: `cap#${what}`, sk: 'cap' }),
  /** `of` names a handoff, a deal, a contact or a household. */
  creditPlace: (keyedHash: string, of: string): Key => ({ pk: `credit#${keyedHash}`, sk: of }),
  outcomes: (storeId: string, month: string) => `outcomes#${storeId}#${month}`,
  outcome: ({ storeId, at, id }: { storeId: string; at: string; id: string }): Key => ({
    pk: keys.outcomes(storeId, at.slice(0, 7)),
    sk: `${at}#${id}`,
  }),
  outcomeMonths: 'outcome-months',
  changedMonth: (month: string, storeId: string): Key => ({
    pk: keys.outcomeMonths,
    sk: `changed#${month}#${storeId}`,
  }),
  monthFile: (month: string): Key => ({ pk: keys.outcomeMonths, sk: `file#${month}` }),
  event: (eventId: string, taskId: string): Key => ({ pk: `event#${eventId}`, sk: taskId }),
  refused: 'refused',
  refusedFact: (factKey: string, refusalId: string): Key => ({ pk: `fact#${factKey}`, sk: refusalId }),
  feeds: 'feeds',
  /** Starts with the store's id, which never contains `#`. */
  feed: ({ storeId, source }: { readonly storeId: string; readonly source: string }): Key => ({
    pk: keys.feeds,
    sk: `${storeId}#${source}`,
  }),
  feedFiles: (feedName: string) => `feed-file#${feedName}`,
  feedFile: (feedName: string, modifiedAt: string, fileId: string): Key => ({
    pk: keys.feedFiles(feedName),
    sk: `${modifiedAt}#${fileId}`,
  }),
  /** Sixteen partitions for each feed, so that a large store's nightly file can be read as fast as it arrives. */
  feedFact: (feedName: string, of: string): Key => ({
    pk: `feed-fact#${feedName}#${hash([of]).slice(0, 1)}`,
    sk: of,
  }),
  leads: (storeId: string) => `crm#${storeId}`,
  lead: (storeId: string, taskId: string): Key => ({ pk: keys.leads(storeId), sk: `lead#${taskId}` }),
  unknownLead: (storeId: string, id: string): Key => ({ pk: keys.leads(storeId), sk: `unknown#${id}` }),
  refusedPostsOf: (feed: string) => `posts#${feed}`,
  refusedPosts: (feed: string, day: string): Key => ({ pk: keys.refusedPostsOf(feed), sk: day }),
  /** Cannot collide with `feed`: no store id begins with `*`. */
  feedRead: (feedName: string): Key => ({ pk: keys.feeds, sk: `${READ}#${feedName}` }),
  feedRefusals: (storeId: string) => `feed-refusals#${storeId}`,
  feedRefusal: (storeId: string, at: string, eventId: string): Key => ({
    pk: keys.feedRefusals(storeId),
    sk: `${at}#${eventId}`,
  }),
} as const;

/** Partition keys of the indexes by person and by store. */
export const openFor = ({ storeId, employeeNumber }: { storeId: string; employeeNumber: string }) =>
  `${storeId}#${employeeNumber}`;
/** A person's handoffs that ended because the customer did not come back. */
export const lostWith = (person: { storeId: string; employeeNumber: string }) => `lost#${openFor(person)}`;
export const doneAt = (storeId: string) => `done#${storeId}`;

/** The only partition of the index `due`. */
export const DUE = 'due';

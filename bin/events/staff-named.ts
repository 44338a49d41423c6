/** Checks the employee numbers in an event against a roster file. */
import * as z from 'zod';
import { identifier } from '../../functions/contracts/fields.ts';
import type { Problem } from '../../functions/contracts/limits.ts';
import { findStore, type Group, serviceStoreIdOf } from '../../functions/group/group.ts';
import { planRosterChange } from '../../functions/people/roster-change.ts';
import { findPerson, type StaffMember } from '../../functions/people/staff.ts';
import { likelyPerson } from '../../functions/people/unknown-numbers.ts';
import { readText } from '../lib/files.ts';
import { complain } from '../lib/output.ts';
import { readRosterCsv } from '../roster/csv.ts';

/** The people that an import of the file into an empty roster would create. Rejected rows are reported and left out. */
export function readPeople(file: string, group: Group): readonly StaffMember[] {
  const { rows } = readRosterCsv(readText(file));
  const plan = planRosterChange({ current: [], rows, group, now: new Date().toISOString() });
  complain(...plan.rejected.map(({ line, reason }) => `${file}, line ${line} is left out: ${reason}`));
  return plan.added;
}

const number = identifier.optional().catch(undefined);
const naming = z.object({
  detail: z.object({
    storeId: z.string(),
    salespeople: z.array(z.object({ employeeNumber: number })).catch([]),
    serviceAdvisorNumber: number,
    serviceAt: z.string().optional().catch(undefined),
    vehicle: z.object({ make: z.string().optional().catch(undefined) }).catch({}),
  }),
});

interface Named {
  readonly path: string;
  readonly storeId: string;
  readonly number: string;
}

/** A note for each number that nobody has at the store that is meant. */
export function unknownStaffIn(event: unknown, group: Group, people: readonly StaffMember[]): Problem[] {
  return staffNamedIn(event, group).flatMap(({ path, storeId, number }) => {
    const roster = people.filter((person) => person.storeId === storeId);
    if (findPerson(roster, number)) return [];
    const likely = likelyPerson(roster, number);
    const hint = likely ? `; did you mean ${likely.employeeNumber}, ${likely.name}?` : '';
    return [{ path, message: `'${number}' is nobody's number at ${storeId} in the roster${hint}` }];
  });
}

function staffNamedIn(event: unknown, group: Group): Named[] {
  const { data } = naming.safeParse(event);
  const store = data && findStore(group, data.detail.storeId);
  if (!store) return [];
  const { salespeople, serviceAdvisorNumber, serviceAt, vehicle } = data.detail;
  const service = serviceStoreIdOf(store, { make: vehicle.make, serviceAt });
  const named = [
    ...salespeople.map(({ employeeNumber }, at) => ({
      path: `salespeople[${at}].employeeNumber`,
      storeId: store.id,
      number: employeeNumber,
    })),
    { path: 'serviceAdvisorNumber', storeId: service, number: serviceAdvisorNumber },
  ];
  return named.flatMap(({ number, ...one }) => (number === undefined ? [] : [{ ...one, number }]));
}

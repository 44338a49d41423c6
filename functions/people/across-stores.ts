import { type Roster, type StaffMember, worksFor } from './staff.ts';

/**
 * The people of a handoff across two stores: Service of the store that services the car, Sales of the store that sold
 * it. Employee numbers are unique per store only, so a task names its own store's people by number and all others by
 * number and store: `4002@lakeshore-used`. No employee number has an `@`.
 */
const AT = '@';

export interface PlacedPerson {
  readonly storeId: string;
  readonly employeeNumber: string;
}

/** How a store's tasks name a person. */
export const numberAt = (storeId: string, person: PlacedPerson): string =>
  person.storeId === storeId ? person.employeeNumber : `${person.employeeNumber}${AT}${person.storeId}`;

/** The person whom a store's task names this way. */
export function personNamed(storeId: string, number: string): PlacedPerson {
  const at = number.lastIndexOf(AT);
  return at < 0
    ? { storeId, employeeNumber: number }
    : { storeId: number.slice(at + 1), employeeNumber: number.slice(0, at) };
}

/** The roster of a handoff across two stores: Service of the one, Sales of the other, and nobody else. */
export const teamAcross = (storeId: string, service: Roster, sales: Roster): StaffMember[] => [
  ...service.filter((person) => worksFor(person, 'service')),
  ...sales.filter((person) => worksFor(person, 'sales')).map((person) => renamed(storeId, person)),
];

function renamed(storeId: string, person: StaffMember): StaffMember {
  const named = (employeeNumber: string) => numberAt(storeId, { storeId: person.storeId, employeeNumber });
  const { employeeNumber, otherNumbers, partnerNumber } = person;
  return {
    ...person,
    employeeNumber: named(employeeNumber),
    ...(partnerNumber === undefined ? {} : { partnerNumber: named(partnerNumber) }),
    ...(otherNumbers && { otherNumbers: otherNumbers.map(named) }),
  };
}

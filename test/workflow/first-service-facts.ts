/** A first service that is due soon, and what a DMS says of its appointments and visits. */
export const TODAY = '2026-11-20T18:00:00.000Z';
export const STORE = 'lakeshore-subaru';
const VIN = '4S4BTGND8V3104872';
export const CUSTOMER = 'maria.kowalski@example.com';
export const SELLER = 'jordan.blake@lakeshore.example';
export const MAYA = 'maya.torres@lakeshore.example';

export const due = {
  storeId: STORE,
  occurredAt: TODAY,
  customer: { customerNumber: 'C-20417', firstName: 'Maria', lastName: 'Kowalski', email: CUSTOMER },
  vehicle: { vin: VIN, year: 2027, make: 'Subaru', model: 'Outback' },
  dueOn: '2026-12-10',
  dueMiles: 6000,
  salespersonNumber: '1077',
  serviceAdvisorNumber: '1042',
};

export const appointment = (change: object = {}) => ({
  storeId: STORE,
  occurredAt: TODAY,
  appointmentNumber: 'A-1',
  vin: VIN,
  customerNumber: 'C-20417',
  startsAt: '2026-12-01T15:00:00.000Z',
  ...change,
});

export const closedOrder = (change: object = {}) => ({
  storeId: STORE,
  occurredAt: '2026-12-01T20:00:00Z',
  roNumber: '9001',
  customer: due.customer,
  vehicle: due.vehicle,
  closedOn: '2026-12-01',
  customerPayCents: 8900,
  ...change,
});

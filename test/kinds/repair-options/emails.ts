import type { RepairQuoted } from '../../../functions/contracts/repair-quoted.ts';
import type { ServiceVisitOpened } from '../../../functions/contracts/service-visit-opened.ts';
import { nudgePolicyOf } from '../../../functions/group/group.ts';
import {
  blankAppointment,
  blankRepairOptions,
  type RepairOptions,
} from '../../../functions/handoffs/repair-options/task.ts';
import type { HistorySummary } from '../../../functions/history/visits.ts';
import { assess } from '../../../functions/readiness/assess.ts';
import { assigned, casesIn, type EmailCase, type KindEmails, type World, when } from '../emails.ts';

const history: HistorySummary = {
  asOf: '2026-11-20',
  customerSince: '2021-05-02',
  visits12: 4,
  visits24: 7,
  lastVisitOn: '2026-09-30',
  customerPayCents12: 189_000,
  carPayCents12: 189_000,
  carSince: '2024-12-01',
  milesPerYear: 13_500,
  declined: [{ description: 'Front struts', amountCents: 98_000, on: '2026-06-02' }],
  declinedCents12: 98_000,
  comebacks12: 0,
};

export function quoteIn(world: World): RepairQuoted {
  const name = world.customer.lastName ?? 'x';
  const base = {
    ...when,
    storeId: world.store.id,
    roNumber: '61077',
    customer: world.customer,
  };
  if (world.bare)
    return {
      ...base,
      vehicle: world.vehicle,
      quote: { totalCents: 210_000, payType: 'customer', lines: [] },
    };
  return {
    ...base,
    vehicle: { ...world.vehicle, year: 2014, odometerMiles: 128_400 },
    serviceAdvisorNumber: world.advisor.employeeNumber,
    openedAt: '2026-11-20T15:40:00.000Z',
    promisedAt: '2026-11-20T23:00:00.000Z',
    customerIs: 'waiting',
    quote: {
      totalCents: 384_050,
      payType: 'customer',
      lines: [
        {
          description: name === 'Lopez' ? 'Replace transmission assembly' : name,
          amountCents: 334_050,
          answer: 'open',
          buys: 'Good for another 60,000 miles',
        },
        { description: 'Rear brakes', amountCents: 50_000, answer: 'declined' },
      ],
    },
    value: { cents: 610_000, source: 'trade appraisal', asOf: '2026-11-18' },
    warranty: { factoryEndsOn: '2019-05-02', asOf: '2026-11-20' },
    ownership: { boughtOn: '2016-04-11', certain: true, status: 'owned', asOf: '2026-11-01' },
    customerSince: '2021-05-02',
    circumstances: { openDealAtStores: [], openComplaint: false, openComeback: false },
  };
}

export function assessmentIn(world: World) {
  return assess({
    quote: quoteIn(world),
    ...(world.bare ? {} : { history }),
    policy: nudgePolicyOf(world.group, world.store),
    today: '2026-11-20',
    timeZone: world.store.timeZone,
    circumstances: {},
  });
}

export function repairOptionsIn(world: World): RepairOptions {
  return {
    ...blankRepairOptions(world.store.id, '61077', world.now),
    ...assigned(world.advisor),
    facts: { quote: quoteIn(world) },
    ...(world.bare ? {} : { assessment: assessmentIn(world), history }),
  };
}

function visitIn(world: World): ServiceVisitOpened {
  const { quote: _work, ...known } = quoteIn(world);
  return {
    ...known,
    ...(world.bare ? {} : { concerns: ['Oil change', world.customer.lastName ?? 'Tires'] }),
  };
}

/** The same order before anything is quoted on it. */
export function visitQuestionIn(world: World): RepairOptions {
  const { store, group } = world;
  const visit = visitIn(world);
  const about = { quote: visit, policy: nudgePolicyOf(group, store), today: '2026-11-20', circumstances: {} };
  const known = world.bare ? {} : { history };
  return {
    ...repairOptionsIn(world),
    facts: { visit },
    ...known,
    assessment: assess({ ...about, ...known, timeZone: store.timeZone }),
  };
}

/** The evening before such a visit. */
export function appointmentIn(world: World): RepairOptions {
  const { customer, vehicle, value, ownership, warranty } = quoteIn(world);
  const known = visitQuestionIn(world);
  return {
    ...known,
    ...blankAppointment(world.store.id, 'A-5521', world.now),
    ...assigned(world.advisor),
    facts: {
      appointment: {
        ...when,
        ...{ storeId: world.store.id, appointmentNumber: 'A-5521', startsAt: '2026-11-21T16:30:00.000Z' },
        ...{ durationMinutes: 60, customer, vehicle, value, ownership, warranty },
      },
    },
  };
}

function cases(world: World): EmailCase[] {
  const { toAdvisor, toManager } = casesIn(world);
  const options = repairOptionsIn(world);
  const asked = { askedAt: world.now, askedBy: world.advisor.employeeNumber };
  const by = world.colleague.employeeNumber;
  const answer = { cents: 920_000, by, on: '2026-11-20', goodThrough: '2026-11-27' };
  const appraised: RepairOptions = { ...options, appraisal: { ...asked, answer } };
  const takenBack: RepairOptions = { ...options, appraisal: asked };
  const silent = {
    ...repairOptionsIn(world),
    advisorSilent: { at: world.now, employeeNumber: world.advisor.employeeNumber },
  };
  return [
    toAdvisor('repair-options-sheet', 'usual', options, { button: 'Note the answer' }),
    toAdvisor('repair-options-sheet', 'corrected', options, {
      button: 'Note the answer',
      own: { code: 'amount-changed' },
    }),
    toAdvisor('visit-question', 'usual', visitQuestionIn(world), { button: 'Say if it’s a good time' }),
    toAdvisor('appraisal-in-sheet', 'usual', appraised, { button: 'Note the answer' }),
    toAdvisor('appraisal-in-sheet', 'taken back', takenBack, { button: 'Note the answer' }),
    toAdvisor('ready-tomorrow', 'usual', appointmentIn(world), { button: 'Say if it’s a good time' }),
    toAdvisor('sales-not-told', 'usual', appointmentIn(world), { button: 'See this handoff' }),
    toManager('sales-question', 'usual', silent, { button: 'Decide: tell Sales or leave it' }),
  ];
}

export const repairOptionsEmails: KindEmails = { task: (world) => repairOptionsIn(world), cases };

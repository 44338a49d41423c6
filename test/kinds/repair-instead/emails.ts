import {
  blankRepair,
  type Outcome,
  type RepairInstead,
  type Report,
} from '../../../functions/handoffs/repair-instead/task.ts';
import {
  assigned,
  CLOSED_AT,
  casesIn,
  declinedBefore,
  type EmailCase,
  type KindEmails,
  type World,
  when,
} from '../emails.ts';

function repairIn(world: World, facts: Partial<RepairInstead['facts']> = {}): RepairInstead {
  const { store, customer, vehicle, seller, bare } = world;
  return {
    ...blankRepair(store.id, customer.customerNumber, world.now),
    ...assigned(world.advisor),
    started: { at: world.now, by: seller.employeeNumber },
    facts: {
      asked: {
        ...when,
        ...{ storeId: store.id, customer, vehicle, wants: 'just fix it' },
        needs: world.promises?.[0] ?? 'It shakes when I brake',
        ...(bare
          ? {}
          : { salespersonNumber: seller.employeeNumber, customerIs: 'waiting', transport: 'shuttle' }),
      },
      ...facts,
    },
  };
}

const reported = (world: World, outcome: Outcome, report: Partial<Report>): RepairInstead => ({
  ...repairIn(world, { quotedCents: 84_000, report: { at: CLOSED_AT, ...report } }),
  state: 'completed',
  ended: { at: CLOSED_AT, by: world.advisor.employeeNumber, outcome },
});

const NEEDS_FIXING = { button: 'Accept this handoff' } as const;
const SEE = { button: 'See this handoff' } as const;

function cases(world: World): EmailCase[] {
  const { toCustomer, toAdvisor, toSeller } = casesIn(world);
  const repair = repairIn(world);
  const accepted: RepairInstead = { ...repair, state: 'accepted', acceptedAt: world.now };
  const asked = repair.facts.asked;
  const looking = repairIn(
    world,
    asked && { asked: { ...asked, wants: 'would also look', customerIs: 'dropped-off' } },
  );
  const says = world.promises?.[0] ?? 'New front rotors and pads';
  const declined = ['Rear struts'];
  const news = (one: object) => ({ own: { code: 'repair-news', news: one }, ...SEE });
  return [
    toAdvisor('shopper-to-service', 'waits here', repair, NEEDS_FIXING),
    toAdvisor('shopper-to-service', 'would also look', looking, NEEDS_FIXING),
    toAdvisor('shopper-to-service', 'corrected', repair, { ...NEEDS_FIXING, own: { code: 'said-again' } }),
    toAdvisor('shopper-to-service', 'declined before', repair, { ...NEEDS_FIXING, ...declinedBefore(world) }),
    toCustomer('repair-letter', 'usual', accepted),
    toCustomer('repair-letter', 'price promised', {
      ...accepted,
      facts: { ...accepted.facts, quoteBy: '2026-11-20T23:30:00.000Z' },
    }),
    toCustomer('repair-letter', 'advisor gone', accepted, { gone: [world.advisor] }),
    toSeller('repair-news', 'accepted', accepted, news({ code: 'accepted' })),
    toSeller(
      'repair-news',
      'price promised',
      accepted,
      news({ code: 'quote-by', at: '2026-11-20T23:30:00.000Z' }),
    ),
    toSeller('repair-news', 'price given', accepted, news({ code: 'quoted', cents: 84_000 })),
    toSeller(
      'repair-news',
      'order voided',
      reported(world, 'order-closed', {}),
      news({ code: 'order-voided' }),
    ),
    toSeller(
      'repair-report',
      'fixed',
      reported(world, 'fixed', { says, cents: 84_000, roNumber: '61077' }),
      SEE,
    ),
    toSeller('repair-report', 'declined', reported(world, 'declined', { says, declined }), SEE),
    toSeller('repair-report', 'not worth it', reported(world, 'not-worth-it', { says }), SEE),
    toSeller('repair-report', 'order closed', reported(world, 'order-closed', { roNumber: '61077' }), SEE),
    toAdvisor('quote-promised', 'usual', accepted, { button: 'Report back to Sales' }),
    toSeller('repair-recheck', 'fixed', reported(world, 'fixed', { says, cents: 84_000 }), SEE),
    toSeller('repair-recheck', 'declined', reported(world, 'declined', { says, declined }), SEE),
  ];
}

export const repairInsteadEmails: KindEmails = { task: (world) => repairIn(world), cases };

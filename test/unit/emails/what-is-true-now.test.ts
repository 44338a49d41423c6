import { describe, expect, test } from 'vitest';
import type { Limit } from '../../../functions/handoff/deadlines.ts';
import type { EmailNote } from '../../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../../functions/handoff/task.ts';
import { kindOf } from '../../../functions/handoffs/kinds.ts';
import type { Role } from '../../../functions/people/staff.ts';
import {
  bare,
  booked,
  CLOSED_AT,
  contextOf,
  deliveredAt,
  firstServiceIn,
  introductionIn,
  late,
  messageCalled,
  ordinary,
  quoteIn,
  repairOptionsIn,
  soldIn,
  spanish,
  tasksIn,
  upgradeIn,
  type World,
} from '../../support/email-fixtures.ts';
import { readHtml } from '../../support/email-reading.ts';

const { advisor, seller, manager } = ordinary;

describe('the introduction to the customer', () => {
  const { write } = messageCalled('introduction-to-customer');
  const task = introductionIn(ordinary);

  test('says who the advisor is, how to arrive, when the first service is due by date and miles, and how to book', () => {
    const { text } = write(contextOf(ordinary, task));
    for (const fact of [
      'Dana Whitfield',
      '(303) 555-0131',
      'follow the blue arrows',
      'November 20, 2027 or 7,500 miles, whichever comes first',
      ordinary.store.bookingLink,
      'Two oil changes',
      'A second key',
      'Mon–Fri 7:00 AM–6:00 PM',
      'Sat 8:00 AM–4:00 PM',
    ]) {
      expect(text).toContain(fact);
    }
  });

  test('names the car in the order of its language', () => {
    expect(write(contextOf(ordinary, task)).text).toContain('your 2026 Honda CR-V Hybrid');
    expect(write(contextOf(spanish, introductionIn(spanish))).text).toContain('su Honda CR-V Hybrid 2026');
  });

  test('says that Service is closed only while it is', () => {
    expect(write(contextOf(ordinary, task)).text).not.toMatch(/closed/);
    expect(write(contextOf(ordinary, task, { now: CLOSED_AT })).text).toMatch(/closed right now/);
  });

  test('who leased the car did not buy it', () => {
    const leasedIn = (world: World) => ({
      ...task,
      facts: { sold: { ...soldIn(world), dealType: 'lease' as const } },
    });
    expect(write(contextOf(ordinary, task)).text).toContain('because you bought your car from');
    expect(write(contextOf(ordinary, leasedIn(ordinary))).text).toContain('because you leased your car from');
    expect(write(contextOf(spanish, leasedIn(spanish))).text).toContain('porque arrendó su vehículo en');
    const invited = messageCalled('first-service-invitation').write(
      contextOf(ordinary, firstServiceIn(ordinary)),
    );
    expect(invited.text).toContain('because you bought or leased your car from');
  });

  test('a manager who steps in is introduced as the manager', () => {
    const theirs = {
      ...task,
      assignee: { employeeNumber: '3001', reason: 'manager' as const, since: ordinary.now },
    };
    const { text } = write(contextOf(ordinary, theirs));
    expect(text).toContain('Meet Pat Reyes, the service manager');
    expect(text).not.toContain('your service advisor');
  });
});

describe('the first service', () => {
  test('an invitation that waited until the visit was booked becomes a confirmation', () => {
    const { subject, text, attachments } = messageCalled('first-service-invitation').write(
      contextOf(ordinary, firstServiceIn(ordinary, booked)),
    );
    expect(subject).toBe('Your first service: Sat, Nov 21, 10:00 AM');
    expect(text).not.toContain('Pick a time');
    expect(attachments?.map(({ fileName }) => fileName)).toEqual(['first-service.ics']);
  });

  test('a confirmation of a visit that was cancelled since confirms nothing', () => {
    const cancelled = firstServiceIn(ordinary, { ...booked, status: 'cancelled' });
    const { text, attachments } = messageCalled('first-service-confirmation').write(
      contextOf(ordinary, cancelled),
    );
    expect(text).not.toContain('November 21');
    expect(attachments).toBeUndefined();
  });

  test('the day before a Monday visit, the email does not say tomorrow', () => {
    const monday = firstServiceIn(ordinary, { ...booked, startsAt: '2026-11-23T17:00:00.000Z' });
    const at = { reader: seller, now: '2026-11-21T16:00:00.000Z' };
    expect(messageCalled('visit-tomorrow').write(contextOf(ordinary, monday, at)).subject).toMatch(
      /^Monday at 10:00 AM/,
    );
    const visit = contextOf(ordinary, firstServiceIn(ordinary, booked), { reader: seller });
    expect(messageCalled('visit-tomorrow').write(visit).subject).toMatch(/^Tomorrow at 10:00 AM/);
  });

  test('after a cancelled visit the advisor is asked to call, the salesperson is not', () => {
    const task = firstServiceIn(ordinary, { ...booked, status: 'cancelled' });
    const own = { code: 'visit-cancelled', how: 'cancelled' };
    const { write } = messageCalled('visit-cancelled');
    expect(write(contextOf(ordinary, task, { reader: advisor, own })).text).toContain('Call Maria');
    expect(write(contextOf(ordinary, task, { reader: seller, own })).text).toContain('No need to come out');
  });
});

describe('the walk-over', () => {
  const { write } = messageCalled('walk-over');

  test('a closed Service is said, with the hour it opens, and an email introduces instead', () => {
    const { text } = write(
      contextOf(ordinary, deliveredAt(ordinary, CLOSED_AT), { reader: seller, now: CLOSED_AT }),
    );
    expect(text).toContain(
      'Service is closed until Mon, Nov 23, 7:00 AM, so an email introduces Dana Whitfield',
    );
  });

  test('what counts is whether Service is open at the delivery, not when the email is written', () => {
    const early = { reader: seller, now: '2026-11-20T13:30:00.000Z' };
    const afternoon = write(contextOf(ordinary, deliveredAt(ordinary, '2026-11-20T23:30:00.000Z'), early));
    expect(afternoon.subject).toBe('Walk Maria Lopez over to Dana Whitfield in Service');
    expect(afternoon.text).toContain('Delivery: Friday, November 20, 2026 at 4:30 PM');
    const friday = { reader: seller, now: '2026-11-20T17:00:00.000Z' };
    const saturday = write(contextOf(ordinary, deliveredAt(ordinary, '2026-11-22T00:00:00.000Z'), friday));
    expect(saturday.subject).toBe('Service closed: tell Maria Lopez about Dana Whitfield');
    expect(saturday.text).toContain(
      'Service will be closed at delivery (Sat, Nov 21, 5:00 PM), so an email introduces Dana Whitfield instead.',
    );
    const toCustomer = (at: string, now: string) =>
      messageCalled('introduction-to-customer').write(contextOf(ordinary, deliveredAt(ordinary, at), { now }))
        .text;
    expect(toCustomer('2026-11-20T23:30:00.000Z', early.now)).not.toMatch(/closed/);
    expect(toCustomer('2026-11-22T00:00:00.000Z', friday.now)).toContain(
      'will be closed when you pick up your car',
    );
  });

  test('no email is promised by a store that writes to no customer yet', () => {
    const pilot = { ...ordinary, store: { ...ordinary.store, mode: 'staff-only' as const } };
    const { text } = write(contextOf(pilot, introductionIn(pilot), { reader: seller, now: CLOSED_AT }));
    expect(text).not.toContain('an email introduces');
  });

  test('a customer without an email address is to be asked for one, before anything else of the list', () => {
    const { email: _none, ...customer } = ordinary.customer;
    const world = { ...ordinary, customer };
    const { text } = write(contextOf(world, introductionIn(world), { reader: seller }));
    expect(text).toContain('No email address yet.');
    expect(text).toMatch(/The walk-over\n\[ \] Ask Maria for an email address/);
  });

  test('an address that staff were given counts', () => {
    const { email: _none, ...customer } = ordinary.customer;
    const world = { ...ordinary, customer };
    const task = { ...introductionIn(world), customerEmail: 'maria@example.com' };
    expect(write(contextOf(world, task, { reader: seller })).text).not.toContain('No email address');
  });
});

describe('the nudge', () => {
  const { write } = messageCalled('upgrade-nudge');
  const isWaiting = /Waiting in the lounge, promised at 4:00 PM/;
  const upgrade = upgradeIn(ordinary);
  const nudge = (task = upgrade, now = ordinary.now) =>
    write(contextOf(ordinary, task, { reader: seller, now })).text;

  test('says that the customer is waiting only while that is true', () => {
    expect(nudge()).toMatch(isWaiting);
    expect(nudge(upgrade, '2026-11-20T23:00:00.000Z')).not.toMatch(/lounge/);
    const closed = { ...upgrade, facts: { ...upgrade.facts, closed: { occurredAt: ordinary.now } } };
    expect(nudge(closed)).not.toMatch(/lounge/);
    const { customerIs: _unknown, ...quote } = quoteIn(ordinary);
    expect(nudge({ ...upgrade, facts: { ...upgrade.facts, quote } })).not.toMatch(/lounge/);
  });

  test('names the advisor to talk to first, the reasons with numbers and ages, how to open and what not to say', () => {
    const text = nudge();
    expect(text).toContain('Talk to Dana Whitfield in Service first');
    expect(text).toContain('54% of the trade-in value ($3,340.50 of $6,100) (2 days old)');
    expect(text).toContain('Say: “Dana mentioned you’ve got a decision to make on the car.');
    expect(text).toContain('lead with the bill');
  });

  test('names the used-car manager for an appraisal, where the store has one at work', () => {
    const appraiser = { ...seller, name: 'Rob Diaz', phone: '(303) 555-0188' };
    const context = contextOf(ordinary, upgrade, { reader: seller });
    const atWorkAs = (role: Role) => (role === 'used-car manager' ? appraiser : undefined);
    expect(write({ ...context, atWorkAs }).text).toContain('For an appraisal: Rob Diaz, (303) 555-0188');
    expect(nudge()).not.toContain('For an appraisal');
  });

  test('tells one fact once, so that two reasons are two reasons', () => {
    expect(nudge().match(/^- The repair/gm)).toHaveLength(1);
  });

  test('says that the customer asked, where the advisor was told so', () => {
    const asked = write(contextOf(ordinary, upgradeIn(ordinary, 'customer'), { reader: seller }));
    expect(asked.subject).toBe('Maria Lopez is open to looking: see Dana first');
  });

  test('can be read in twenty seconds down to the button', () => {
    const [top = ''] = nudge().split('Accept this handoff');
    expect(top.split(/\s+/).length).toBeLessThan(120);
  });

  test('corrected, it says from what to what, and what to do now', () => {
    const own = { code: 'amount-changed', wasCents: 290_000, isCents: 334_050 };
    const { text } = messageCalled('nudge-corrected').write(
      contextOf(ordinary, upgrade, { reader: seller, own }),
    );
    expect(text).toContain('The repair quote, without what was declined, changed from $2,900 to $3,340.50.');
    expect(text).toContain('A conversation still makes sense.');
    const bareUpgrade = messageCalled('nudge-corrected').write(
      contextOf(bare, upgradeIn(bare), { reader: seller, own }),
    );
    expect(bareUpgrade.text).toContain('the reasons are gone');
  });
});

describe('the two-column sheet', () => {
  const { write } = messageCalled('repair-options-sheet');

  test('shows what is quoted, declined and left to decide, and both sides with the age of each fact', () => {
    const { text } = write(contextOf(ordinary, repairOptionsIn(ordinary), { reader: advisor }));
    expect(text).toContain('Quoted: $3,840.50\nDeclined today: Rear brakes ($500)\nLeft to decide: Replace');
    expect(text).toContain('Trade-in value (est.): $6,100, by trade appraisal (2 days old)');
    expect(text).toContain('Still to find out: a monthly payment with its term and money down,');
    expect(text).toMatch(/In one sentence: .+\./);
  });

  test('is printed as a copy for the customer, with nothing of the staff’s and no trade-in value', () => {
    const paperAt = (tradeValueOnPaper: boolean) => {
      const world = { ...ordinary, store: { ...ordinary.store, tradeValueOnPaper } };
      return readHtml(write(contextOf(world, repairOptionsIn(world), { reader: advisor })).html).paper;
    };
    expect(paperAt(false)).toMatch(/Repair order 61077 Service advisor Dana Whitfield, \(303\) 555-0131/);
    expect(paperAt(false)).toContain('Declined today Rear brakes ($500)');
    expect(paperAt(false)).not.toMatch(
      /\byou|\bnote the|guess|Where now|find out|In one sentence|worth|\$6,100|54%|555-0186/i,
    );
    expect(paperAt(true)).toContain('$6,100');
  });

  test('is printed in the customer’s language beside the same English sheet', () => {
    const work = {
      'rear brakes': 'Frenos traseros',
      'replace transmission assembly': 'Cambiar la transmisión',
    };
    const others = { 'good for another 60,000 miles': '60,000 millas más', 'front struts': 'Amortiguadores' };
    const phrases = Object.fromEntries(
      Object.entries({ ...work, ...others }).map(([en, es]) => [en, { en, es }]),
    );
    const world = { ...spanish, group: { ...spanish.group, phrases } };
    const { html, text } = write(contextOf(world, repairOptionsIn(world), { reader: advisor }));
    const { paper } = readHtml(html);
    expect(html).toMatch(/class="paper"[^>]* lang="es">/);
    expect(paper).toContain('Honda CR-V Hybrid 2014 de Maria Lopez: ¿repararlo o cambiarlo por otro?');
    expect(paper).toContain(
      'Fecha viernes 20 de noviembre de 2026 Orden de reparación 61077 Le atiende Dana',
    );
    expect(paper).toContain('Por decidir Cambiar la transmisión ($3,340.50)');
    expect(paper).not.toMatch(/\b(?:the|repair|replace|declined|until|ended|months|ago|old|please|car)\b/i);
    expect(readHtml(html).whole).toContain('it is the customer’s copy in Spanish');
    expect(text).toContain('Repair it');
  });

  test('a warranty that ended is said to have ended', () => {
    const { text } = write(contextOf(ordinary, repairOptionsIn(ordinary), { reader: advisor }));
    expect(text).toContain('Factory warranty: ended May 2, 2019\n');
  });

  test('one reason beside an unknown value is too little to compare', () => {
    const task = repairOptionsIn(ordinary);
    const assessment = task.assessment && {
      ...task.assessment,
      advice: 'either' as const,
      independent: 1,
      reasonsFor: task.assessment.reasonsFor.slice(0, 1),
      unknown: [{ name: 'value' as const, why: 'missing' as const }],
    };
    const { text } = write(contextOf(ordinary, { ...task, assessment }, { reader: advisor }));
    expect(text).toContain("In one sentence: Too little is known to compare: get the car's value first.");
  });

  test('a fact that is too old by the time it is read is to be found out by then', () => {
    const later = { reader: advisor, now: '2027-01-04T17:00:00.000Z' };
    const { text } = write(contextOf(ordinary, repairOptionsIn(ordinary), later));
    expect(text).not.toContain('Trade-in value (est.)');
    expect(text).toContain('the trade-in value (the used-car desk)');
  });

  test('a newer quote is said to replace the earlier sheet', () => {
    const { subject, text } = write(
      contextOf(ordinary, repairOptionsIn(ordinary), { reader: advisor, own: { code: 'amount-changed' } }),
    );
    expect(subject).toMatch(/^Corrected: /);
    expect(text).toContain('Please use this sheet, not the earlier one.');
  });
});

describe('what is over, late or did not arrive', () => {
  test('a closed handoff says why in plain words, also an outcome it never heard of', () => {
    const closed = (outcome: string, why?: string) => {
      const task = introductionIn(ordinary);
      const ended = { at: ordinary.now, by: advisor.employeeNumber, outcome };
      const facts = why ? { ...task.facts, unwound: { occurredAt: ordinary.now, reason: why } } : task.facts;
      return messageCalled('handoff-closed').write(
        contextOf(ordinary, { ...task, ended, facts }, { reader: seller }),
      ).text;
    };
    expect(closed('deal unwound')).toContain('It’s closed: the deal was unwound.');
    expect(closed('deal unwound', 'Financing was not approved. The <car> is back.')).toContain(
      'It’s closed: the deal was unwound: Financing was not approved. The <car> is back.\n',
    );
    expect(closed('moved to Alaska')).toContain('moved to Alaska');
    expect(closed('visited')).toContain('Closed by: Dana Whitfield');
  });

  test('every choice that ends a handoff has words of its own', () => {
    for (const task of tasksIn(ordinary)) {
      for (const { name } of kindOf(task).choices.filter(({ does }) => does === 'complete')) {
        const ended = { at: ordinary.now, by: advisor.employeeNumber, outcome: name };
        const { text } = messageCalled('handoff-closed').write(
          contextOf(ordinary, { ...task, ended }, { reader: seller }),
        );
        expect(text, name).not.toContain('it ended as');
      }
    }
  });

  test('a reminder says what is late and since when', () => {
    const { text } = messageCalled('reminder').write(
      contextOf(ordinary, introductionIn(ordinary), { reader: advisor, ...late('complete') }),
    );
    expect(text).toContain('Please sign off on the introduction.');
    expect(text).toContain('Yours since: Fri, Nov 20, 10:05 AM');
    expect(text).toMatch(/^Not finished yet: the introduction of Maria Lopez/m);
  });

  test('it was due when its clock ran out, also where that was found later', () => {
    const task = deliveredAt(ordinary, '2026-11-18T20:00:00.000Z');
    const dueIn = (found: Partial<Task>, deadline: Limit) => {
      const { text } = messageCalled('reminder').write(
        contextOf(ordinary, { ...task, ...found }, { reader: advisor, ...late(deadline) }),
      );
      return /^Was due: (.*)$/m.exec(text)?.[1];
    };
    expect(dueIn({}, 'accept')).toBe('Fri, Nov 20, 11:05 AM');
    const passed = { 'accept-reminder': '2026-11-20T17:50:00.000Z' };
    expect(dueIn({ passed }, 'accept')).toBe('Fri, Nov 20, 10:50 AM');
    expect(dueIn({ acceptedAt: '2026-11-18T21:00:00.000Z' }, 'complete')).toBe('Fri, Nov 20, 8:00 AM');
  });

  test('an escalation names who has it, and what the manager can do', () => {
    const { subject, text } = messageCalled('escalation').write(
      contextOf(ordinary, introductionIn(ordinary), { reader: manager, ...late('accept') }),
    );
    expect(subject).toBe('Overdue: the introduction of Maria Lopez is not accepted');
    expect(text).toContain('Who has it: Dana Whitfield');
    expect(text).toContain('What you can do');
  });

  test('a manager who has the handoff is not told to talk to themselves', () => {
    const mine = {
      ...introductionIn(ordinary),
      assignee: { employeeNumber: '3001', reason: 'manager' as const, since: ordinary.now },
    };
    const { text } = messageCalled('escalation').write(
      contextOf(ordinary, mine, { reader: manager, ...late('accept') }),
    );
    expect(text).toContain('You have it');
  });

  test('an email of which nobody can say whether it was sent is a question with two answers', () => {
    const note = { code: 'problem', entry: 'e1', problem: 'unknown' } as const;
    const { text } = messageCalled('customer-email-problem').write(
      contextOf(ordinary, introductionIn(ordinary), { reader: advisor, note }),
    );
    expect(text).toContain('send it again, or leave it');
  });
});

describe('a handoff that moved', () => {
  const moved = (note: EmailNote, heldBy: string[], reader = seller) => {
    const walk = { type: 'email', id: 'e1', state: 'sent', owedAt: ordinary.now, attempts: 1 } as const;
    const outbox = [{ ...walk, message: 'walk-over', to: { staff: seller.employeeNumber } }];
    return messageCalled('handoff-moved').write(
      contextOf(ordinary, { ...introductionIn(ordinary), heldBy, outbox }, { reader, note }),
    );
  };
  const byPat: EmailNote = { code: 'moved', why: { code: 'handed-over', by: '3001' } };

  test('tells who walks the customer over to whom', () => {
    const { subject, text } = moved(byPat, ['3001']);
    expect(text).toMatch(/^Handed over by Pat Reyes\.\n/);
    expect(subject).toBe('Walk Maria Lopez to Dana Whitfield, not Pat Reyes');
    expect(text).toContain('Introduce Maria to Dana Whitfield by name');
  });

  test('tells them that a signature was taken back', () => {
    const takenBack = { code: 'choice-taken-back', by: '1204', choice: 'introduced-in-person' } as const;
    const { subject, text } = moved(takenBack, []);
    expect(subject).toBe('Not introduced after all: walk Maria Lopez to Dana Whitfield');
    expect(text).toMatch(/^Dana Whitfield took back “Introduced in person”\.\n/);
  });

  test('leaves the others with nothing to do', () => {
    const { subject, text } = moved(byPat, ['3001'], ordinary.colleague);
    expect(subject).toBe('Dana Whitfield has Maria Lopez now');
    expect(text).toContain('Nothing for you to do.');
  });
});

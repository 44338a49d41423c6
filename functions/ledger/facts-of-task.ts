import * as z from 'zod';
import { businessMinutesBetween, type Calendar } from '../group/business-time.ts';
import type { Kind } from '../handoff/kind.ts';
import type { LogEntry, Task } from '../handoff/task.ts';
import { emailOutcomes } from './email-outcomes.ts';
import type { NamedFact, Outcome, Subject } from './facts.ts';

/**
 * All outcomes of a task so far: those of every kind come from its log, those of its own kind from `facts`. This runs
 * after every change of a task, so most facts are known already. Each must come out the same every time, otherwise it
 * would be stored as a second fact.
 *
 * @param calendar of the department that the handoff is for; undefined for a store that left the group
 */
export function factsOf(task: Task, kind: Kind, calendar: Calendar | undefined): NamedFact[] {
  const about = subjectOf(task, kind);
  const ofLog = task.log.flatMap((entry) => outcomesOf(entry, { task, kind, calendar }));
  const shared = ofLog.map((outcome) => ({ about, outcome }));
  const own = kind.facts(task).map((fact) => ({ ...fact, about: { ...about, ...fact.about } }));
  return [...shared, ...creditOf(task, about), ...emailFactsOf(task, kind), ...own];
}

/** Only the facts about its emails to the customer, for the function that receives SES reports. */
export function emailFactsOf(task: Task, kind: Kind): NamedFact[] {
  const about = subjectOf(task, kind);
  return emailOutcomes(task).map((fact) => ({ about, ...fact }));
}

const numbers = z.object({ dealNumber: z.string().optional(), roNumber: z.string().optional() });

function subjectOf(task: Task, kind: Kind): Subject {
  const { dealNumber, roNumber } = numbers.parse(kind.eventNumbers(task));
  return {
    storeId: task.storeId,
    numbersOf: kind.customerFactOf(task)?.storeId ?? task.soldAt ?? task.storeId,
    kind: task.kind,
    taskId: task.taskId,
    customerNumber: kind.customerOf(task)?.customerNumber,
    vin: kind.vehicleOf(task)?.vin,
    dealNumber,
    roNumber,
  };
}

interface Story {
  readonly task: Task;
  readonly kind: Kind;
  readonly calendar: Calendar | undefined;
}

function outcomesOf(entry: LogEntry, { task, kind, calendar }: Story): Outcome[] {
  const { at, by } = entry;
  switch (entry.what) {
    case 'assigned': {
      const from = [...kind.sendersOf(task)];
      return [{ what: 'handed over', at, from, to: entry.employeeNumber, why: entry.reason }];
    }
    case 'step':
      if (entry.trigger === 'accept') return [{ what: 'accepted', at, by, ...timeTaken(task, calendar, at) }];
      return entry.outcome === undefined
        ? []
        : [{ what: 'ended', at, as: entry.outcome, by, how: entry.trigger }];
    case 'undone':
      return [{ what: 'taken back', at, by, choice: entry.choice }];
    case 'deadline':
      if (entry.deadline === 'accept-escalation') return [{ what: 'escalated', at, limit: 'accept' }];
      return entry.deadline === 'complete-escalation' ? [{ what: 'escalated', at, limit: 'complete' }] : [];
    default:
      return [];
  }
}

/** Business minutes since the handoff was first assigned. */
function timeTaken({ log }: Task, calendar: Calendar | undefined, at: string): { minutes?: number } {
  const handedOver = log.find(({ what }) => what === 'assigned');
  return handedOver && calendar ? { minutes: businessMinutesBetween(calendar, handedOver.at, at) } : {};
}

/** The later sales that were credited to the handoff, and how people disputed that. */
function creditOf({ credit }: Task, about: Subject): NamedFact[] {
  if (!credit) return [];
  const ofMatches = credit.matches.flatMap((match): NamedFact[] => {
    const { storeId, dealNumber, use = 1 } = match.deal;
    const deal = { ...about, dealNumber, numbersOf: storeId };
    const { foundAt: at, person, sameCar, soldOn, salespeople, lapsed } = match;
    const key = `${storeId}/${dealNumber}/${use}`;
    const found = { what: 'matched', at, person, sameCar, soldOn, salespeople } as const;
    return [
      { about: deal, outcome: found, key: `${key}/${at}` },
      ...(lapsed
        ? [
            {
              about: deal,
              outcome: { what: 'no longer matched', at: lapsed.at, why: lapsed.why } as const,
              key: `${key}/${lapsed.at}`,
            },
          ]
        : []),
    ];
  });
  const said = credit.disputes.flatMap(({ at, by, decided }): NamedFact[] => [
    { about, outcome: { what: 'disputed', at, by } },
    ...(decided ? [{ about, outcome: { what: 'decided', ...decided } as const }] : []),
  ]);
  return [...ofMatches, ...said];
}

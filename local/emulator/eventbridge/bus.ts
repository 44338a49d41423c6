import { randomUUID } from 'node:crypto';
import { account, region } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import { type RuleSpec, type TargetSpec, targetName } from '../stack/rules.ts';
import type { WorkList } from '../work.ts';
import type { BusEvent, EventLog } from './event-log.ts';

export interface NewEvent {
  bus: string;
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
  resources: string[];
  time?: number;
}

export interface Bus {
  /** Stores the events and the deliveries they cause in one transaction, then returns their ids. */
  publish(events: NewEvent[]): string[];
}

interface BusSurroundings {
  journal: Journal;
  clock: Clock;
  log: EventLog;
  rules: RuleSpec[];
  buses: string[];
  work: () => WorkList;
  /** Call when work was added. */
  poke: () => void;
  complain: (line: string) => void;
}

/** Whole seconds, as EventBridge writes them. */
export const eventTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

function toBusEvent(event: NewEvent, now: number): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: event.source,
    account,
    time: eventTime(event.time ?? now),
    region,
    resources: event.resources,
    detail: event.detail,
  };
}

export function createBus(surroundings: BusSurroundings): Bus {
  const { journal, clock, log, rules, buses, poke, complain } = surroundings;

  function expectDelivery(event: BusEvent, rule: RuleSpec, target: TargetSpec, now: number): void {
    const origin = { eventId: event.id, rule: rule.id, target: target.id };
    log.expect(origin, targetName(target));
    surroundings.work().add({ kind: 'deliver', origin, attempts: 0, firstAt: now }, now);
  }

  function accept(given: NewEvent): string {
    const now = clock.now();
    const event = toBusEvent(given, now);
    if (!buses.includes(given.bus)) {
      complain(`an event for the bus "${given.bus}" was dropped: no such bus (AWS drops it silently)`);
      return event.id;
    }
    log.record(given.bus, now, event);
    for (const rule of rules) {
      if (rule.bus !== given.bus || !rule.matches?.(event)) continue;
      for (const target of rule.targets) expectDelivery(event, rule, target, now);
    }
    return event.id;
  }

  return {
    publish: (events) => {
      const ids = journal.durably(() => events.map(accept));
      journal.changed();
      poke();
      return ids;
    },
  };
}

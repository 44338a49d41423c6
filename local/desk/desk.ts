import type { DemoNumbers } from '../demo-numbers.ts';
import type { EventLog } from '../emulator/eventbridge/event-log.ts';
import type { Faults } from '../emulator/faults.ts';
import type { Inbox } from '../emulator/ses/inbox.ts';
import type { FeedDesk } from '../feeds.ts';
import type { PostDesk } from '../posts.ts';
import type { SampleDesk } from '../samples.ts';
import type { DeadLetterView, TableView } from './table-view.ts';

export interface Health {
  ok: true;
  desk: string;
  aws: string;
  region: string;
  stack: string;
  bus: string;
  table: string | null;
  now: string;
  outputs: Record<string, string>;
}

/** All that the desk and its endpoints show and do. */
export interface Desk {
  now(): number;
  advanceTo(instant: number): Promise<void>;
  health(): Health;
  inbox: Inbox;
  events: EventLog;
  faults: Faults;
  samples: SampleDesk;
  /** Undefined for an app without a bucket for files. */
  feeds: FeedDesk | undefined;
  /** Undefined for an app that nobody posts to. */
  posts: PostDesk | undefined;
  /** Undefined for an app that counts none. */
  demoNumbers: DemoNumbers | undefined;
  table: TableView;
  deadLetters(): Promise<DeadLetterView[]>;
  /** Where the clock of this run started, if nobody said where. */
  started: string | undefined;
  schedules(): { id: string; expression: string; nextAt: number }[];
  onChange(listener: () => void): void;
}

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

/** Everything that the desk and its endpoints show and do. */
export interface Desk {
  now(): number;
  advanceTo(instant: number): Promise<void>;
  health(): Health;
  inbox: Inbox;
  events: EventLog;
  faults: Faults;
  samples: SampleDesk;
  /** Undefined if the app has no bucket for files. */
  feeds: FeedDesk | undefined;
  /** Undefined if no vendor posts to the app. */
  posts: PostDesk | undefined;
  /** Undefined if the app counts no numbers. */
  demoNumbers: DemoNumbers | undefined;
  table: TableView;
  deadLetters(): Promise<DeadLetterView[]>;
  /** Describes where this run's clock started, unless it was given. */
  started: string | undefined;
  schedules(): { id: string; expression: string; nextAt: number }[];
  onChange(listener: () => void): void;
}

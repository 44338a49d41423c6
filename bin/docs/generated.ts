/** Every document that `npm run docs` writes, with the function that renders it. */
import { renderAlarms } from './alarms.ts';
import { outgoingPages, renderEvents } from './events.ts';
import { renderNumbers } from './numbers.ts';
import { renderSettings } from './settings.ts';
import { renderSources, sourcePages } from './sources.ts';
import { renderTasks } from './tasks.ts';

export const documents: Readonly<Record<string, () => string>> = {
  'docs/events.md': renderEvents,
  'docs/settings.md': renderSettings,
  'docs/tasks.md': renderTasks,
  'docs/alarms.md': renderAlarms,
  'docs/numbers.md': renderNumbers,
  'docs/sources.md': renderSources,
  ...sourcePages,
  ...outgoingPages,
};

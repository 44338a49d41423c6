import type { ServerResponse } from 'node:http';
import type { Desk } from './desk.ts';

const pauseMs = 250;

/** Notifies open pages of changes, a few times a second at most. */
export function createChanges(desk: Desk): (response: ServerResponse) => void {
  const open = new Set<ServerResponse>();
  let soon = false;

  function tell(): void {
    soon = false;
    for (const response of open) response.write('data: changed\n\n');
  }

  desk.onChange(() => {
    if (soon || open.size === 0) return;
    soon = true;
    setTimeout(tell, pauseMs);
  });
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    open.add(response);
    response.once('close', () => open.delete(response));
  };
}

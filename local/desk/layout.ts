import type { Desk } from './desk.ts';
import { type Html, html, time } from './html.ts';

const tabs = [
  { path: '/', name: 'Desk' },
  { path: '/desk/inbox', name: 'Inbox' },
  { path: '/desk/tasks', name: 'Tasks' },
  { path: '/desk/events', name: 'Events' },
  { path: '/desk/feeds', name: 'Feeds' },
  { path: '/desk/dead-letters', name: 'Dead letters' },
];

const steps = [
  { advance: 'PT5M', name: '+5 min' },
  { advance: 'PT1H', name: '+1 hour' },
  { advance: 'tomorrow', name: 'to tomorrow, 15:00' },
  { advance: 'P7D', name: '+1 week' },
  { advance: 'P30D', name: '+30 days' },
];

const faultNames: Record<string, string> = {
  none: 'works',
  throttle: 'says: too fast',
  quota: 'says: daily quota used up',
  paused: 'says: sending is paused',
  timeout: 'never answers, and sends nothing',
  'accept-then-timeout': 'sends, but never answers',
  outage: 'answers with errors (500)',
  'not-verified': 'says: the sender is not verified',
  sandbox: 'is in the sandbox: verified recipients only',
};

function clockPanel(desk: Desk, back: string): Html {
  return html`
    <details class="panel" id="clock">
      <summary data-live="clock">${time(desk.now())} UTC</summary>
      <form method="post" action="/desk/do/advance">
        <input type="hidden" name="back" value="${back}">
        <div class="buttons">
          ${steps.map(({ advance, name }) => html`<button name="advance" value="${advance}">${name}</button>`)}
        </div>
      </form>
      <form method="post" action="/desk/do/advance" class="row">
        <input type="hidden" name="back" value="${back}">
        <label>Other step <input name="advance" value="P2D" size="8" required
          title="An ISO 8601 duration: PT90M, P2D, P3M"></label>
        <button>Move on</button>
      </form>
      <p class="quiet">Everything that falls due on the way is done, in order. The clock never goes back.</p>
    </details>`;
}

function mailPanel(desk: Desk, back: string): Html {
  const { ses } = desk.faults.show();
  return html`
    <details class="panel" id="mail">
      <summary data-live="mail" class="${ses === 'none' ? '' : 'bad'}">SES ${faultNames[ses]}</summary>
      <form method="post" action="/desk/do/faults" class="row">
        <input type="hidden" name="back" value="${back}">
        <label>SES <select name="ses">
          ${Object.entries(faultNames).map(
            ([value, name]) => html`<option value="${value}" ${value === ses && 'selected'}>${name}</option>`,
          )}
        </select></label>
        <button>Set</button>
      </form>
    </details>`;
}

export interface Page {
  title: string;
  path: string;
  /** The path to which the page's forms return. */
  back: string;
  said?: string | undefined;
  body: Html;
}

export function layout(desk: Desk, { title, path, back, said, body }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · ${desk.health().stack}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/desk/style.css">
  <script src="/desk/client.js" defer></script>
</head>
<body>
  <header>
    <nav aria-label="Pages">
      ${tabs.map(
        (tab) => html`<a href="${tab.path}" ${tab.path === path && 'aria-current=page'}>${tab.name}</a>`,
      )}
    </nav>
    <div class="panels">${mailPanel(desk, back)}${clockPanel(desk, back)}</div>
  </header>
  <main>
    <p class="said" role="status">${said}</p>
    ${body}
  </main>
  <footer class="quiet">${desk.health().stack} on this machine. AWS endpoint: <code>${desk.health().aws}</code>,
    bus <code>${desk.health().bus}</code>. Times are UTC.</footer>
</body>
</html>`;
}

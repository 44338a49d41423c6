import type { Delivery, LoggedEvent } from '../emulator/eventbridge/event-log.ts';
import { messageOf } from '../emulator/problem.ts';
import type { Email } from '../emulator/ses/inbox.ts';
import type { Desk } from './desk.ts';
import { type Html, html, plainId, time } from './html.ts';
import type { DeadLetterView, TaskView } from './table-view.ts';

export const none = (text: string): Html => html`<p class="quiet">${text}</p>`;

/** A part of the page that the script keeps up to date. */
export const live = (name: string, body: Html): Html => html`<section data-live="${name}">${body}</section>`;

function mailList(emails: Email[]): Html {
  if (emails.length === 0) return none('No emails yet.');
  return html`<ul class="list">${emails.map(
    (email) => html`<li><a href="/desk/mail/${email.id}">
      <span class="main">${email.subject || '(no subject)'}</span>
      <span class="side">${time(email.at)}</span>
      <span class="more">to ${[...email.to, ...email.cc].join(', ')} · from ${email.from}</span>
    </a></li>`,
  )}</ul>`;
}

function deliveryNote({ rule, destination, state, attempts, note }: Delivery): Html {
  const tries = attempts > 1 ? ` after ${attempts} tries` : '';
  return html`<span class="tag ${state}" title="${destination}">${plainId(rule)}: ${state}${tries}${note && ` (${note})`}</span> `;
}

function eventList(events: LoggedEvent[]): Html {
  if (events.length === 0) return none('No events yet.');
  return html`<ul class="list">${events.map(
    ({ event, bus, at, deliveries }) => html`<li><a href="/desk/events/${event.id}">
      <span class="main">${event['detail-type']}</span>
      <span class="side">${time(at)}</span>
      <span class="more">${event.source} on ${bus}
        ${deliveries.length === 0 ? html`<span class="tag">no rule matches</span>` : deliveries.map(deliveryNote)}</span>
    </a></li>`,
  )}</ul>`;
}

/** Shows the answer of `npm run why`: why Sales was notified about a repair order, or why not. */
const whyNote = ({ why = [] }: TaskView): Html =>
  html`${why.length > 0 && html`<details><summary>why</summary><pre>${why.join('\n')}</pre></details>`}`;

function taskRow(task: TaskView): Html {
  return html`<tr>
    <td><strong>${task.kind}</strong><br><code title="${task.taskId}">${task.taskId.slice(0, 8)}</code></td>
    <td>${(task.about ?? []).map((one) => html`${one}<br>`)}</td>
    <td><span class="tag ${task.state}">${task.state}</span></td>
    <td>${task.assignee ? html`${task.assignee.name}<br><a href="/desk/inbox?to=${encodeURIComponent(task.assignee.email)}">${task.assignee.email}</a>` : '–'}</td>
    <td>${task.storeId}</td>
    <td>${time(task.dueAt)}</td>
    <td>${time(task.createdAt)}</td>
    <td>${whyNote(task)}<details><summary>all</summary><pre>${JSON.stringify(task, null, 2)}</pre></details></td>
  </tr>`;
}

async function taskTable(desk: Desk, limit: number): Promise<Html> {
  const tasks = await desk.table.tasks();
  if (tasks.length === 0) return none('No tasks yet.');
  return html`<div class="scroll"><table>
    <thead><tr><th>Task</th><th>About</th><th>State</th><th>With</th><th>Store</th><th>Due</th><th>Since</th><th></th></tr></thead>
    <tbody>${tasks.slice(0, limit).map(taskRow)}</tbody>
  </table></div>`;
}

/** Shows the problem in place of a part that cannot be read, so that the page still works. */
export async function orProblem(work: Promise<Html>): Promise<Html> {
  try {
    return await work;
  } catch (error) {
    return html`<p class="bad">${messageOf(error)}</p>`;
  }
}

/** The sample that a newcomer sends first. */
const usualSample = 'vehicle-sold.json';

function sampleForm(names: string[], chosen: string): Html {
  const option = (name: string) =>
    html`<option value="${name}" ${name === chosen && 'selected'}>${name.replace(/\.json$/, '')}</option>`;
  const others = names.filter((name) => name.includes('/'));
  return html`<form method="post" action="/desk/do/send" class="row">
    <select name="name" aria-label="Sample">
      ${names.filter((name) => !name.includes('/')).map(option)}
      ${others.length > 0 && html`<optgroup label="Bad ones">${others.map(option)}</optgroup>`}
    </select>
    <button>Send</button>
    <span class="quiet">as its file says, moved to the clock's today</span>
  </form>`;
}

/** A form for a store whose system sends no events but writes a file every night. */
function nightForm({ feeds }: Desk): Html {
  const named = feeds?.feeds.filter(({ name }) => feeds.hasSample(name)) ?? [];
  if (named.length === 0) return html``;
  return html`<form method="post" action="/desk/do/drop-sample" class="row">
    <input type="hidden" name="back" value="/">
    <span>or drop last night's file of the <a href="/desk/feeds">feed</a></span>
    ${named.map(({ name }) => html`<button name="feed" value="${name}">${name}</button>`)}
  </form>`;
}

const twoYearsForm = ({ demoNumbers }: Desk): Html =>
  demoNumbers
    ? html`<form action="/desk/two-years" class="row">
    <span>or look at what handoffs do for two stores in</span>
    <button>two years of numbers</button>
  </form>`
    : html``;

export async function homePage(desk: Desk, sample: string | null): Promise<Html> {
  const names = desk.samples.list();
  return html`
    ${desk.started && html`<p class="quiet">${desk.started}</p>`}
    <h1>Send an event</h1>
    ${names.length > 0 ? sampleForm(names, sample ?? usualSample) : none('There are no samples here.')}
    ${nightForm(desk)}
    ${twoYearsForm(desk)}
    <h2>Tasks</h2>${live('tasks', await orProblem(taskTable(desk, 20)))}
    <div class="halves">
      <div><h2>Latest emails</h2>${live('mails', mailList(desk.inbox.list(undefined, 12)))}</div>
      <div><h2>Latest events</h2>${live('events', eventList(desk.events.latest(12, false)))}</div>
    </div>`;
}

export async function tasksPage(desk: Desk): Promise<Html> {
  return html`<h1>Tasks</h1>${live('tasks', await orProblem(taskTable(desk, 1000)))}`;
}

export function inboxPage(desk: Desk, to: string | undefined): Html {
  const people = desk.inbox.people();
  const person = (address: string, name: string, count?: number) => html`
    <a href="/desk/inbox${address && `?to=${encodeURIComponent(address)}`}" ${address === (to ?? '') && 'aria-current=page'}>
      ${name} <span class="quiet">${count}</span></a>`;
  return html`<h1>Inbox${to && ` of ${to}`}</h1>
    <div class="sided">
      ${live('people', html`<nav class="people" aria-label="People">${person('', 'Everyone')}${people.map((each) => person(each.address, each.address, each.count))}</nav>`)}
      ${live('mails', mailList(desk.inbox.list(to, 300)))}
    </div>`;
}

export function eventsPage(desk: Desk, all: boolean): Html {
  const schedules = desk.schedules();
  return html`<h1>Events</h1>
    <nav class="choices" aria-label="Buses">
      <a href="/desk/events" ${!all && 'aria-current=true'}>Of the dealer group</a>
      <a href="/desk/events?all=1" ${all && 'aria-current=true'}>And of AWS</a>
    </nav>
    ${live('events', eventList(desk.events.latest(200, all)))}
    <h2>Schedules</h2>
    ${live(
      'schedules',
      html`<ul>${schedules.map(({ id, expression, nextAt }) => html`<li>${plainId(id)}: ${expression}, next at ${time(nextAt)}</li>`)}</ul>`,
    )}`;
}

export function eventPage({ event, bus, at, deliveries }: LoggedEvent): Html {
  return html`<h1>${event['detail-type']}</h1>
    <p>From ${event.source} on the bus ${bus}, ${time(at)}.</p>
    ${live(
      'deliveries',
      deliveries.length === 0
        ? none('No rule matches.')
        : html`<ul>${deliveries.map((each) => html`<li>${deliveryNote(each)} <code>${each.destination}</code></li>`)}</ul>`,
    )}
    <pre>${JSON.stringify(event, null, 2)}</pre>`;
}

const deadLetter = (letter: DeadLetterView): Html => html`<li class="card">
  <p><span class="bad">${letter.reason}</span></p>
  <p class="quiet">${letter.queue} · ${time(letter.at)}</p>
  <details><summary>The event</summary><pre>${JSON.stringify(letter.event, null, 2)}</pre></details>
</li>`;

export async function deadLettersPage(desk: Desk): Promise<Html> {
  const list = async () => {
    const letters = await desk.deadLetters();
    if (letters.length === 0) return none('None: every event has been understood and handled.');
    return html`<ul class="cards">${letters.map(deadLetter)}</ul>`;
  };
  return html`<h1>Dead letters</h1>${live('letters', await orProblem(list()))}`;
}

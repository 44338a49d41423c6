import { customerName } from '../customers/customer.ts';
import type { Task } from '../handoff/task.ts';
import { customerOf, vehicleOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { carOf } from '../mail/format.ts';
import { type Html, html } from '../mail/html.ts';
import { wordsToHtml } from '../mail/words.ts';

/** Customers who did not come back, each with a number to tap. A note on the handoff's page takes one off the list. */
export function lostTable(
  tasks: readonly Task[],
  { now, path }: { readonly now: string; readonly path: string },
): Html | undefined {
  if (tasks.length === 0) return undefined;
  return html`<h2 id="lost">Not returned: worth a call (${tasks.length})</h2>
<p class="muted">Their first service is long due, and most of those who don’t come now never do. A note of what they said takes them off this list.</p>
<table aria-labelledby="lost"><thead><tr><th scope="col">Customer</th><th scope="col">Reach</th><th scope="col">Due</th><th scope="col">We owe</th></tr></thead>
<tbody>${tasks.map((task) => lostRow(task, now, path))}</tbody></table>`;
}

function lostRow(task: Task, now: string, path: string): Html {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  const car = vehicle && carOf(vehicle);
  const call = wordsOf(task).callRow(task, now);
  const name = customer ? wordsToHtml(customerName(customer)) : 'A customer';
  return html`<tr><th scope="row"><a href="${path}/${task.taskId}">${name}</a>${car && html`<span class="hint">${car}</span>`}</th>
<td>${call && wordsToHtml(call.reach)}</td><td>${call && wordsToHtml(call.due)}</td><td>${call?.owed && wordsToHtml(call.owed)}</td></tr>`;
}

import { customerName } from '../customers/customer.ts';
import { daysFor } from '../handoff/answer-fields.ts';
import { fieldOf } from '../handoff/choice-fields.ts';
import type { Choice, Reader } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { listChoices, listField } from '../handoff/list-choices.ts';
import type { Task } from '../handoff/task.ts';
import { customerOf, kindOf, vehicleOf } from '../handoffs/kinds.ts';
import { carOf } from '../mail/format.ts';
import { type Html, html } from '../mail/html.ts';
import type { CallRow } from '../mail/message.ts';
import { wordsToHtml } from '../mail/words.ts';

/** A choice in the list that could not be made: shown next to its field, with what was typed. */
export interface WrongInList {
  readonly taskId: string;
  readonly choice: string;
  readonly message: string;
  readonly typed: string;
}

interface ShownList extends Context {
  /** The reader, by the number that this store's tasks use for them. */
  readonly chooser: Reader;
  readonly path: string;
  readonly wrong: readonly WrongInList[];
}

export interface Call {
  readonly task: Task;
  readonly call: CallRow;
}

export const SAVE_LIST = 'save-list';
export const ACCEPT_ALL = 'accept-all';

/**
 * Customers to reach, handled on one page: each has a number to tap and a field for the result. One button saves them
 * all.
 */
export function callTable(calls: readonly Call[], shown: ShownList): Html | undefined {
  if (calls.length === 0) return undefined;
  return html`<h2 id="calls">First services to book: ${calls.length}</h2>
<form method="post"><input type="hidden" name="seen" value="${shown.now}">
<table aria-labelledby="calls"><thead><tr><th scope="col">Customer</th><th scope="col">Reach</th><th scope="col">Due</th><th scope="col">We owe</th><th scope="col">What came of it</th></tr></thead>
<tbody>${calls.map((one) => callRow(one, shown))}</tbody></table>
<p class="save"><button class="press" name="choice" value="${SAVE_LIST}">Save what I entered</button></p></form>`;
}

function callRow({ task, call }: Call, shown: ShownList): Html {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  const car = vehicle && carOf(vehicle);
  const name = customer ? wordsToHtml(customerName(customer)) : 'A customer';
  const choices = listChoices(task, kindOf(task), shown.chooser);
  return html`<tr><th scope="row"><a href="${shown.path}/${task.taskId}">${name}</a>${car && html`<span class="hint">${car}</span>`}</th>
<td>${wordsToHtml(call.reach)}</td><td>${wordsToHtml(call.due)}</td><td>${call.owed && wordsToHtml(call.owed)}</td>
<td class="fields">${choices.map((choice) => fieldFor(choice, task, shown))}</td></tr>`;
}

function fieldFor(choice: Choice, task: Task, shown: ShownList): Html {
  const name = listField(choice, task);
  const wrong = shown.wrong.find((one) => one.taskId === task.taskId && one.choice === choice.name);
  const common = html`id="${name}" name="${name}"${wrong && html` aria-invalid="true" aria-describedby="error:${name}"`}`;
  const error = wrong && html`<span class="error" id="error:${name}">${wrong.message}</span>`;
  if (choice.asks === undefined)
    return html`<span class="field tick"><input type="checkbox" ${common} value="yes"${wrong && html` checked`}><label for="${name}">${choice.label}</label>${error}</span>`;
  const isTime = fieldOf(choice.asks).input.is === 'day and time';
  const { first, last } = daysFor(choice, shown);
  const [type, from, to] = isTime ? ['datetime-local', 'T00:00', 'T23:59'] : ['date', '', ''];
  return html`<span class="field"><label for="${name}">${choice.label}</label>${error}<input type="${type}" ${common} min="${first}${from}" max="${last}${to}" value="${wrong?.typed}"></span>`;
}

/** One button that accepts everything offered. */
export const acceptAll = (count: number, now: string): Html | undefined =>
  count < 2
    ? undefined
    : html`<form method="post" class="apart"><input type="hidden" name="seen" value="${now}"><button class="press quiet-press" name="choice" value="${ACCEPT_ALL}">Accept all ${count}</button></form>`;

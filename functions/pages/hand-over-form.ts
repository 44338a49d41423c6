import { colleaguesFor } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { BY_THE_RULES } from '../handoff/manager-reassign.ts';
import type { Task } from '../handoff/task.ts';
import { kindOf } from '../handoffs/kinds.ts';
import { type Html, html } from '../mail/html.ts';
import { wordsToText } from '../mail/words.ts';
import { isAtWork } from '../people/staff.ts';
import { headingOf, nameOf } from './task-words.ts';

/** One person's handoffs of one department, and the colleagues who can take them. */
export interface Holder {
  readonly number: string;
  readonly tasks: readonly [Task, ...Task[]];
}

/** An error next to its field, with the rejected selection shown again. */
export interface WrongHandOver {
  readonly message: string;
  readonly field: 'what' | 'to';
  readonly from: string;
  readonly department: string;
  readonly what: string;
  readonly to: string;
}

/** Reassigns a person's handoffs one by one or all at once. The error may belong to another person's form on the page. */
export function handOverForm(holder: Holder, shown: Context, about: WrongHandOver | undefined): Html {
  const { number, tasks } = holder;
  const name = nameOf(number, shown.roster);
  const department = kindOf(tasks[0]).department;
  const wrong = about?.from === number && about.department === department ? about : undefined;
  const id = `${department}-${number}`;
  return html`<details${wrong && html` open`}><summary class="row"><span class="says">Reassign the list of ${name}</span>
<span class="next">The new person has to accept it. Both of them get an email now.</span></summary>
<form method="post" class="more"><input type="hidden" name="seen" value="${shown.now}">
<input type="hidden" name="from" value="${number}"><input type="hidden" name="department" value="${department}">
${selectOf({ name: 'what', label: 'What?', id }, whatOptions(holder), wrong)}
${selectOf({ name: 'to', label: 'To whom?', id }, toOptions(tasks[0], shown), wrong)}
<button class="press" name="choice" value="hand-over">Hand over</button></form></details>`;
}

type Option = readonly [value: string, says: Html | string];

function selectOf(
  { name, label, id }: { readonly name: 'what' | 'to'; readonly label: string; readonly id: string },
  options: readonly Option[],
  wrong: WrongHandOver | undefined,
): Html {
  const isWrong = wrong?.field === name;
  const chosen = wrong?.[name] ?? '';
  return html`<label for="${name}-${id}">${label}</label>
${isWrong ? html`<p class="error" id="error-${id}">${wrong.message}</p>` : undefined}
<select id="${name}-${id}" name="${name}" required${isWrong ? html` aria-invalid="true" aria-describedby="error-${id}" autofocus` : undefined}>${options.map(
    ([value, says]) =>
      html`<option value="${value}"${value !== '' && value === chosen ? html` selected` : undefined}>${says}</option>`,
  )}</select>`;
}

const whatOptions = ({ tasks }: Holder): Option[] => [
  ['', 'Choose what'],
  ['all', tasks.length === 1 ? 'The one that is open' : `All ${tasks.length} that are open`],
  ...(tasks.length === 1 ? [] : tasks.map((task): Option => [task.taskId, wordsToText(headingOf(task))])),
];

function toOptions(task: Task, shown: Context): Option[] {
  const people = colleaguesFor(task, kindOf(task), shown).map((person): Option => {
    const isOff = !isAtWork(person, shown.today);
    return [
      person.employeeNumber,
      html`${wordsToText(person.name)}, ${person.role}${isOff ? ' (off today)' : ''}`,
    ];
  });
  return [['', 'Choose to whom'], [BY_THE_RULES, 'The next one up'], ...people];
}

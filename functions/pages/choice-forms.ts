import { daysFor } from '../handoff/answer-fields.ts';
import { type ChoiceField, fieldOf, LETTERS } from '../handoff/choice-fields.ts';
import { type Choice, colleaguesFor } from '../handoff/choices.ts';
import { nextOf } from '../handoff/what-follows.ts';
import { kindOf } from '../handoffs/kinds.ts';
import { type Html, html } from '../mail/html.ts';
import { wordsToText } from '../mail/words.ts';
import { isAtWork, type StaffMember } from '../people/staff.ts';
import type { Shown } from './shown.ts';

/**
 * Each choice is its own form, so that Enter in a field can only submit the choice it belongs to, and nothing is
 * preselected.
 */
export interface Wrong {
  readonly choice: string;
  readonly message: string;
  /** The rejected input, shown again. */
  readonly typed: string | undefined;
}

export function choiceForms(choices: readonly Choice[], shown: Shown, wrong: Wrong | undefined): Html {
  const filled = likeliest(choices);
  return html`<div class="choices">${choices.map((choice) => {
    const style = choice === filled ? 'row filled' : 'row';
    return choice.asks === undefined
      ? plainForm(choice, shown, style)
      : askingForm(choice, choice.asks, shown, style, wrong?.choice === choice.name ? wrong : undefined);
  })}</div>`;
}

/** When the page was rendered: the same choice from the same page is a double click. */
const seen = ({ now }: Shown) => html`<input type="hidden" name="seen" value="${now}">`;

/** One filled button: accepting, else the only likely answer. None of a customer's possible answers is singled out. */
function likeliest(choices: readonly Choice[]): Choice | undefined {
  const accept = choices.find(({ does }) => does === 'accept');
  const likely = choices.filter(({ isLikely }) => isLikely);
  return accept ?? (likely.length === 1 ? likely[0] : undefined);
}

const plainForm = (choice: Choice, shown: Shown, style: string): Html =>
  html`<form method="post">${seen(shown)}<button class="${style}" name="choice" value="${choice.name}">${said(choice, shown)}</button></form>`;

const said = (choice: Choice, { task }: Shown): Html =>
  html`<span class="says">${choice.label}</span> <span class="next">${nextOf(choice, task, kindOf(task))}</span>`;

/** A choice that asks for input is folded; it is open if its input was rejected. */
function askingForm(
  choice: Choice,
  field: ChoiceField,
  shown: Shown,
  style: string,
  wrong: Wrong | undefined,
): Html {
  const { name, label } = choice;
  const open = wrong ? html` open` : undefined;
  return html`<details${open}><summary class="${style}">${said(choice, shown)}</summary>
<form method="post" class="more">${seen(shown)}
<label for="${name}-${field}">${fieldOf(field).label}</label>
${wrong && html`<p class="error" id="${name}-error">${wrong.message}</p>`}
${inputOf(choice, field, shown, wrong)}
<button class="press" name="choice" value="${name}">${label}</button>
</form></details>`;
}

function inputOf(choice: Choice, field: ChoiceField, shown: Shown, wrong: Wrong | undefined): Html {
  const common = html`id="${choice.name}-${field}" name="${field}" required${
    wrong && html` aria-invalid="true" aria-describedby="${choice.name}-error" autofocus`
  }`;
  const typed = wrong?.typed;
  const { input } = fieldOf(field);
  switch (input.is) {
    case 'lines':
      return html`<textarea ${common} maxlength="${LETTERS}" rows="3">${typed}</textarea>`;
    case 'colleague':
      return html`<select ${common}>${colleagueOptions(shown)}</select>`;
    case 'day':
      return html`<input type="date" ${common} ${limits(choice, shown, '')} value="${typed}">`;
    case 'day and time':
      return html`<input type="datetime-local" ${common} ${limits(choice, shown, 'T00:00')} value="${typed}">`;
    case 'email':
      return html`<input type="email" ${common} maxlength="254" autocomplete="off" value="${typed}">`;
    case 'text':
      return html`<input type="text" ${common} maxlength="${input.longest}"${
        input.mode && html` inputmode="${input.mode}"`
      } autocomplete="off" value="${typed}">`;
  }
}

function limits(choice: Choice, shown: Shown, time: string): Html {
  const { first, last } = daysFor(choice, shown);
  return html`min="${first}${time}" max="${last}${time && 'T23:59'}"`;
}

function colleagueOptions(shown: Shown): Html {
  const option = (person: StaffMember) =>
    html`<option value="${person.employeeNumber}">${wordsToText(person.name)}, ${person.role}${
      isAtWork(person, shown.today) ? '' : ' (off today)'
    }</option>`;
  return html`<option value="">Choose a colleague</option>${colleaguesFor(shown.task, kindOf(shown.task), shown).map(option)}`;
}

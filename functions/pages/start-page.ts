import { initialOf } from '../customers/customer.ts';
import { type Hit, MOST_HITS } from '../customers/find.ts';
import type { Context } from '../handoff/context.ts';
import {
  customerFields,
  type KnownShopper,
  type StartFieldName,
  type StartForm,
  type StartInput,
  startFieldOf,
} from '../handoff/start-form.ts';
import { carOf } from '../mail/format.ts';
import { type Html, html } from '../mail/html.ts';
import { type Words, words, wordsToHtml } from '../mail/words.ts';
import type { StaffMember } from '../people/staff.ts';
import { render } from './page.ts';
import { notice, text } from './parts.ts';

/** The form that starts a handoff: whom it is about, and what there is to know. Works without scripts. */
export interface ShownStart extends Pick<Context, 'group' | 'store'> {
  readonly reader: StaffMember;
  readonly form: StartForm;
  /** The page to go back to. */
  readonly back: string;
  /** The customer of the handoff that the reader came from. Undefined: the customer is looked up or typed in. */
  readonly known: KnownShopper | undefined;
  readonly typed: Readonly<Partial<Record<StartFieldName, string>>>;
  /** The text that was looked up, and the customers found. */
  readonly asked: string;
  readonly hits: readonly Hit[];
  /** The token of the chosen hit. */
  readonly chosen: string;
}

export type StartOutcome =
  | { readonly is: 'found' }
  | { readonly is: 'unclear' | 'too many look-ups' | 'choose again' | 'known before' }
  | { readonly is: 'wrong'; readonly fields: readonly StartFieldName[] };

export const LOOK_UP = 'look-up';
export const START = 'start';

export function startPage(shown: ShownStart, outcome?: StartOutcome): string {
  const { form, reader, back, known } = shown;
  const result = outcome && noticeOf(outcome, shown);
  return render({
    language: 'en',
    title: [result && 'Please check', form.label].filter(Boolean).join(' – '),
    of: shown,
    topic: 'New handoff',
    notice: result && notice(result.is, text(result.says)),
    narrow: true,
    body: html`<section class="panel" aria-labelledby="start">
<h1 id="start">${form.label}</h1>
<p class="muted">${form.about}</p>
${known ? html`<p class="now">${wordsToHtml(nameOf(known))}</p>` : lookUpForm(shown)}
<form method="post">${startFields(shown, outcome)}
<button class="press" name="choice" value="${START}">${form.label}</button></form>
</section>
<p class="foot"><a href="${back}">Back, start nothing</a></p>
<p class="foot">This page opens as ${wordsToHtml(reader.name)}, without a password. Please don’t forward its link.</p>`,
  });
}

interface Notice {
  readonly is: 'done' | 'wrong';
  readonly says: Words;
}

function noticeOf(outcome: StartOutcome, { hits }: ShownStart): Notice {
  switch (outcome.is) {
    case 'found':
      return foundWords(hits.length);
    case 'unclear':
      return {
        is: 'wrong',
        says: words`Please give a whole phone number, an email address, the last eight of a VIN, or an order or deal number. Names are not looked up.`,
      };
    case 'too many look-ups':
      return {
        is: 'wrong',
        says: words`That was the last look-up for today. You can still type the customer below.`,
      };
    case 'choose again':
      return { is: 'wrong', says: words`Nothing was started: please find the customer once more.` };
    case 'known before':
      return {
        is: 'wrong',
        says: words`Nothing was started: that deal has its handoff already, and whoever has it was told.`,
      };
    case 'wrong':
      return { is: 'wrong', says: words`Nothing was started yet. Please check what is marked below.` };
  }
}

function foundWords(count: number): Notice {
  if (count === 0) return { is: 'wrong', says: words`Nobody is known by that. Please type them below.` };
  return count > MOST_HITS
    ? { is: 'wrong', says: words`More than ${MOST_HITS} customers have that. Please try something else.` }
    : { is: 'done', says: words`Found: please choose below.` };
}

const lookUpForm = ({ asked }: ShownStart): Html =>
  html`<form method="post" class="apart"><label for="asked">Find the customer</label>
<p class="hint" id="asked-hint">By phone, email, last eight of the VIN, order or deal number.</p>
<input type="text" id="asked" name="asked" maxlength="254" autocomplete="off" aria-describedby="asked-hint" value="${asked}">
<button class="press quiet-press" name="choice" value="${LOOK_UP}">Find</button></form>
<h2 class="apart">Or type them</h2>`;

function startFields(shown: ShownStart, outcome: StartOutcome | undefined): Html {
  const { form, known, hits, asked } = shown;
  const wrong = outcome?.is === 'wrong' ? outcome.fields : [];
  const field = (name: StartFieldName) => fieldOf(name, shown, wrong.includes(name));
  const isFound = hits.length > 0 && hits.length <= MOST_HITS;
  return html`${isFound ? html`<input type="hidden" name="asked" value="${asked}">${choiceOfHits(shown)}` : undefined}
${known ? undefined : customerFields.map(field)}
${form.fields.map(field)}`;
}

/** Shows just enough to recognize the customer: somebody with a forwarded link learns no name and no number. */
function choiceOfHits({ hits, chosen }: ShownStart): Html {
  const option = (value: string, says: Html, isChosen: boolean) =>
    html`<span class="field tick"><input type="radio" name="found" id="hit-${value}" value="${value}"${isChosen ? html` checked` : undefined}><label for="hit-${value}">${says}</label></span>`;
  return html`<fieldset><legend>Who is it?</legend>
${hits.map((hit) => option(hit.token, wordsToHtml(hitWords(hit)), hit.token === chosen))}
${option('', html`Somebody else, typed below`, chosen === '')}</fieldset>`;
}

function hitWords({ customer, vehicle }: Hit): Words {
  const car = vehicle && (carOf(vehicle) ?? `VIN ending ${vehicle.vin.slice(-4)}`);
  return car === undefined ? words`${initialOf(customer)}` : words`${initialOf(customer)}, ${car}`;
}

function nameOf({ customer, vehicle }: KnownShopper): Words {
  const car = vehicle && carOf(vehicle);
  const { firstName, lastName, companyName } = customer;
  const name = [firstName, lastName].filter((part) => part !== undefined).join(' ') || (companyName ?? '');
  return car === undefined ? words`${name}` : words`${name}, ${car}`;
}

function fieldOf(name: StartFieldName, { form, typed, hits, known }: ShownStart, isWrong: boolean): Html {
  const { label, wrong, input } = startFieldOf(name);
  const isNeeded = form.required.includes(name);
  // If a customer can be chosen above, no name is needed below.
  const isOptional = !isNeeded && (known !== undefined || hits.length > 0 || !needsName.has(name));
  const common = html`id="${name}" name="${name}"${isNeeded ? html` required` : undefined}${isWrong ? html` aria-invalid="true" aria-describedby="${name}-error"` : undefined}`;
  return html`<label for="${name}">${label}${isOptional ? html` <span class="hint">(optional)</span>` : undefined}</label>
${isWrong ? html`<p class="error" id="${name}-error">${wrong}</p>` : undefined}
${inputOf(input, common, typed[name] ?? '')}`;
}

const needsName: ReadonlySet<StartFieldName> = new Set(['firstName', 'lastName', 'phone']);

function inputOf(input: StartInput, common: Html, typed: string): Html {
  switch (input.is) {
    case 'lines':
      return html`<textarea ${common} maxlength="${input.longest}" rows="3">${typed}</textarea>`;
    case 'day':
      return html`<input type="date" ${common} value="${typed}">`;
    case 'one of':
      return html`<select ${common}><option value="">Choose</option>${input.options.map(
        ([value, says]) =>
          html`<option value="${value}"${value === typed ? html` selected` : undefined}>${says}</option>`,
      )}</select>`;
    case 'text':
      return html`<input type="${input.mode === 'tel' || input.mode === 'email' ? input.mode : 'text'}" ${common} maxlength="${input.longest}"${
        input.mode === 'numeric' ? html` inputmode="numeric"` : undefined
      } autocomplete="off" value="${typed}">`;
  }
}

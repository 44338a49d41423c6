import { formatInstant } from '../group/business-time.ts';
import { UNDO } from '../handoff/answer.ts';
import { type Choice, findChoice, readerOf } from '../handoff/choices.ts';
import { undoableBy } from '../handoff/undo.ts';
import { kindOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { type Html, html } from '../mail/html.ts';
import { words, wordsToHtml, wordsToText } from '../mail/words.ts';
import type { Wrong } from './choice-forms.ts';
import { choiceSection } from './choice-section.ts';
import { render } from './page.ts';
import { factList, notice, text } from './parts.ts';
import type { Shown } from './shown.ts';
import { startLinks } from './start-links.ts';
import { keyFacts, moreFacts } from './task-facts.ts';
import { story } from './task-story.ts';
import { headingOf, howItStands, saidWith } from './task-words.ts';

/** The result of the reader's last action, if there was one. */
export type Outcome =
  | { readonly is: 'done'; readonly choice: string }
  | { readonly is: 'moved on'; readonly choice: Choice }
  | { readonly is: 'nothing chosen' }
  | { readonly is: 'day sent' | 'started' }
  | ({ readonly is: 'wrong' } & Wrong);

/** Where the page is, and the list that the reader came from. */
interface Paths {
  readonly path?: string | undefined;
  readonly dayPath?: string | undefined;
}

/**
 * One handoff for one person: its state, facts, choices and story. Text to read to the customer comes before the
 * choices.
 */
export function taskPage(shown: Shown, outcome?: Outcome, { path, dayPath }: Paths = {}): string {
  const { task } = shown;
  const announced = outcome && noticeOf(outcome, shown);
  const heading = headingOf(task);
  const wrong = outcome?.is === 'wrong' ? outcome : undefined;
  const read = wordsOf(task).pageLead(shown);
  const details = html`<section class="panel details" aria-labelledby="details">
<h2 id="details">What to know</h2>
${read}${factList(moreFacts(shown))}
</section>`;
  return render({
    language: 'en',
    title: [announced?.title, wordsToText(heading)].filter(Boolean).join(' – '),
    of: shown,
    topic: wordsOf(task).topic,
    notice: announced?.html,
    paper: wordsOf(task).paper(shown),
    body: html`<div class="board">
<section class="panel about" aria-labelledby="what">
<h1 id="what">${wordsToHtml(heading)}</h1>
${standing(shown)}
<p class="muted">${wordsOf(task).about}</p>
${factList(keyFacts(shown))}
</section>
${read && details}
${choiceSection(shown, wrong, announced?.isUndoable ? undefined : undoAgain(shown))}
${read ? undefined : details}
${storySection(shown)}
</div>
${path === undefined ? undefined : startLinks(shown.reader, path)}
${dayForm(dayPath)}
<p class="foot">This page opens as ${wordsToHtml(shown.reader.name)}, without a password. Please don’t forward its link.</p>`,
  });
}

/** Leads to the reader's other open tasks: back to the list they came from, or by email. */
const dayForm = (dayPath: string | undefined): Html =>
  dayPath === undefined
    ? html`<form method="post" class="foot"><button class="press quiet-press" name="send" value="my-day" aria-describedby="my-day">Send me my open tasks</button>
<p class="hint" id="my-day">By email, to your work address.</p></form>`
    : html`<p class="foot"><a href="${dayPath}">All my open tasks</a></p>`;

function standing(shown: Shown): Html {
  const { words: says, late } = howItStands(shown);
  return html`<p class="${late ? 'now late' : 'now'}">${wordsToHtml(says)}</p>`;
}

interface PageNotice {
  readonly title: string;
  readonly html: Html;
  /** The notice offers the undo, so the rest of the page does not. */
  readonly isUndoable?: boolean;
}

function noticeOf(outcome: Outcome, shown: Shown): PageNotice | undefined {
  switch (outcome.is) {
    case 'done':
      return doneNotice(outcome.choice, shown);
    case 'moved on':
      return wrongNotice(
        'Nothing was changed',
        words`“${outcome.choice.label}” does not fit any more: this handoff had moved on. Here is how it stands now.`,
      );
    case 'nothing chosen':
      return wrongNotice(
        'Nothing was changed',
        words`Nothing was chosen, so nothing was changed. Please press one of the choices.`,
      );
    case 'day sent':
      return {
        title: 'On its way',
        html: notice('done', text(words`Your open tasks are on their way to your work address.`)),
      };
    case 'started':
      return {
        title: 'Started',
        html: notice('done', text(words`Started. Whoever has it got an email, and you hear how it goes.`)),
      };
    case 'wrong':
      return wrongNotice('Please check', words`Nothing was changed yet: ${outcome.message}`);
  }
}

const wrongNotice = (title: string, says: ReturnType<typeof words>): PageNotice => ({
  title,
  html: notice('wrong', text(says)),
});

/** Shown only while it still applies: the marker in the URL may be older than the latest change. */
function doneNotice(name: string, shown: Shown): PageNotice | undefined {
  const { task, reader } = shown;
  const kind = kindOf(task);
  const last = task.said?.findLast(({ by }) => by === reader.employeeNumber);
  if (last?.choice !== name) return undefined;
  if (name === UNDO) {
    const undone = task.log.findLast(
      (entry) => entry.what === 'undone' && entry.by === reader.employeeNumber,
    );
    const label = undone?.what === 'undone' ? findChoice(kind, undone.choice)?.label : undefined;
    return { title: 'Taken back', html: notice('done', text(words`Taken back: ${label ?? 'Your choice'}.`)) };
  }
  const choice = findChoice(kind, name);
  if (!choice) return undefined;
  const said = saidWith(choice, last.value, shown);
  const undo = undoForm(shown);
  return {
    title: 'Done',
    html: notice(
      'done',
      text(said ? words`Done: ${choice.label}, ${said}.` : words`Done: ${choice.label}.`),
      undo,
    ),
    isUndoable: undo !== undefined,
  };
}

const undoOf = (shown: Shown) =>
  undoableBy(shown.task, kindOf(shown.task), readerOf(shown.reader), shown.now);

function undoForm(shown: Shown): Html | undefined {
  const undo = undoOf(shown);
  if (!undo) return undefined;
  const until = formatInstant(shown.store.timeZone, undo.until, 'en');
  return html`<form method="post"><input type="hidden" name="seen" value="${shown.now}">
<button class="press quiet-press" name="choice" value="${UNDO}" aria-describedby="undo-next">Take it back</button>
<p class="hint" id="undo-next">Until ${wordsToHtml(until)}. Everyone who heard about it gets an email that you took it back.</p></form>`;
}

function undoAgain(shown: Shown): Html | undefined {
  const form = undoForm(shown);
  const label = findChoice(kindOf(shown.task), undoOf(shown)?.choice ?? '')?.label;
  return form && html`<p>You chose “${label}”.</p>${form}`;
}

function storySection(shown: Shown): Html | undefined {
  const entries = story(shown);
  return (
    entries &&
    html`<section class="panel history" aria-labelledby="story"><h2 id="story">What happened so far</h2>${entries}</section>`
  );
}

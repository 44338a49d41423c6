import type { Context } from '../handoff/context.ts';
import {
  type Campaign,
  LETTERS_PER_SWEEP,
  type LeftOut,
  leftOutReasons,
  mayStart,
  mayStop,
} from '../leavers/campaign.ts';
import { newAdvisorLetter } from '../leavers/emails/new-advisor-letter.ts';
import { newAdvisors } from '../leavers/offer.ts';
import { type Fate, fates, type Tally } from '../leavers/tally.ts';
import { dayOf } from '../mail/format.ts';
import { type Html, html } from '../mail/html.ts';
import { type Words, words, wordsToHtml, wordsToText } from '../mail/words.ts';
import { customers, stopWords, titleOf } from '../my-day/letter-words.ts';
import type { StaffMember } from '../people/staff.ts';
import { render } from './page.ts';
import { type Fact, factList, notice, text } from './parts.ts';

export const START = 'start';
export const STOP = 'stop';

export interface ShownLetters extends Context {
  readonly campaign: Campaign;
  readonly tally: Tally;
  /** The name of the advisor who left. */
  readonly leaver: string;
  /** The advisor in whose name the letter is shown. */
  readonly from: StaffMember | undefined;
  readonly back: string;
}

export type LettersOutcome = 'started' | 'stopped' | 'choose' | 'moved on';

/**
 * The page of the letter to the customers of an advisor who left: it can be read, then sent, and stopped with one
 * button.
 */
export function lettersPage(shown: ShownLetters, outcome?: LettersOutcome): string {
  const title = titleOf(shown);
  const result = outcome && outcomes[outcome];
  return render({
    language: 'en',
    title: [result && wordsToText(result.says), title].filter(Boolean).join(' – '),
    of: shown,
    topic: 'My day',
    notice: result && notice(result.is, text(result.says)),
    body: html`<section class="panel">
<h1>${wordsToHtml(title)}</h1>
<p class="now">${wordsToHtml(standing(shown))}</p>
${factList(factsOf(shown))}
${stopForm(shown)}
</section>
${mayStart(shown.campaign) ? startSection(shown) : undefined}
<p class="foot"><a href="${shown.back}">Back to my store</a></p>`,
  });
}

const outcomes: Readonly<Record<LettersOutcome, { readonly is: 'done' | 'wrong'; readonly says: Words }>> = {
  started: { is: 'done', says: words`Started. The first letters leave within minutes, in sending hours.` },
  stopped: { is: 'done', says: words`Stopped. What has not left yet stays here.` },
  choose: { is: 'wrong', says: words`Nothing was sent. Please choose the new advisor.` },
  'moved on': { is: 'wrong', says: words`Nothing was changed: here is how it stands now.` },
};

function standing({ campaign: { step, walk }, store }: ShownLetters): Words {
  switch (step.is) {
    case 'counting':
      return words`The customers are being counted. Please come back in a few minutes.`;
    case 'offered':
      return words`Nothing has been sent. ${customers(walk.toWrite)} would get the letter.`;
    case 'running':
      return words`The letter is going out, about ${LETTERS_PER_SWEEP} every five minutes.`;
    case 'stopped':
      return words`Stopped on ${dayOf(store.timeZone, step.at, 'en')}: ${stopWords[step.why]}`;
    case 'done':
      return words`Everybody on the list has their letter.`;
  }
}

function factsOf({ campaign, tally, person }: ShownLetters): Fact[] {
  const { step, walk } = campaign;
  const isStarted = step.is !== 'counting' && step.is !== 'offered';
  return [
    ...(isStarted
      ? [
          ['From', words`${person(step.to)?.name ?? 'the new advisor'}`] as const,
          ...fates.map(
            (fate): Fact => [fateLabels[fate], tally[fate] === 0 ? undefined : words`${tally[fate]}`],
          ),
        ]
      : []),
    ...leftOutReasons.map((reason): Fact => [leftOutLabels[reason], leftOutWords(walk.leftOut[reason])]),
  ];
}

const leftOutWords = (count: number | undefined): Words | undefined =>
  count === undefined ? undefined : words`${count} left out`;

const fateLabels: Readonly<Record<Fate, string>> = {
  sent: 'Sent',
  waiting: 'Waiting for their day',
  bounced: 'Came back',
  complained: 'Reported as spam',
  unclear: 'May not have arrived',
  withheld: 'Said no meanwhile',
  withdrawn: 'Not sent',
  failed: 'Refused by the mail system',
};

const leftOutLabels: Readonly<Record<LeftOut, string>> = {
  'not-seen': 'Not here in 18 months',
  'no-address': 'No email address',
  'opted-out': 'Said no to such emails',
  'bounced-before': 'Email comes back',
  'same-address': 'Same address as another',
  'store-mode': 'Store writes to nobody',
  'not-on-allow-list': 'Not on the allow-list',
};

function stopForm({ campaign, tally }: ShownLetters): Html | undefined {
  return mayStop(campaign, tally)
    ? html`<form method="post" class="choices apart"><button class="row" name="choice" value="${STOP}"><span class="says">Stop the letter</span> <span class="next">No more leave. You can start again later: nobody gets it twice.</span></button></form>`
    : undefined;
}

function startSection(shown: ShownLetters): Html {
  const { from } = shown;
  return html`<section class="panel apart" aria-labelledby="letter"><h2 id="letter">The letter</h2>
${chooseForm(shown)}
${from && html`${previews(from, shown)}${startForm(from, shown)}`}
</section>`;
}

/** A GET form that only shows the letter in another advisor's name. */
function chooseForm(shown: ShownLetters): Html {
  const people = newAdvisors(shown);
  if (people.length === 0)
    return text(words`There is nobody to take over: no other advisor is at work here.`);
  return html`<form method="get"><label for="to">Who takes over?</label>
<select id="to" name="to">${people.map(
    ({ employeeNumber, name }) =>
      html`<option value="${employeeNumber}"${employeeNumber === shown.from?.employeeNumber ? html` selected` : undefined}>${wordsToText(name)}</option>`,
  )}</select>
<button class="press quiet-press">Show the letter from them</button></form>`;
}

/** The letter's plain text below its heading. The email also has the photo and, attached, the contact card. */
function previews(from: StaffMember, shown: ShownLetters): readonly Html[] {
  return languages.map(({ code, called, firstName }) => {
    const customer = { customerNumber: '', firstName, preferredLanguage: code };
    const { leaver, group, store, now } = shown;
    const email = newAdvisorLetter({ group, store, now, advisor: from, leaver, customer, vehicle: {} });
    return html`<details open class="apart"><summary class="row"><span class="says">${called}</span> <span class="next">Each with the customer’s own name and car</span></summary>
<div class="more" lang="${code}"><p><strong>${email.subject}</strong></p>${email.text.split('\n\n').slice(1).map(paragraphOf)}</div></details>`;
  });
}

const languages = [
  { code: 'en', called: 'In English', firstName: 'Maria' },
  { code: 'es', called: 'In Spanish, to those who prefer it', firstName: 'María' },
] as const;

const paragraphOf = (says: string): Html =>
  html`<p>${says.split('\n').map((line, at) => html`${at === 0 ? undefined : html`<br>`}${line}`)}</p>`;

function startForm({ employeeNumber, name }: StaffMember, { campaign }: ShownLetters): Html {
  const says =
    campaign.step.is === 'offered'
      ? `Send it to ${customers(campaign.walk.toWrite)}, from ${wordsToText(name)}`
      : `Go on, from ${wordsToText(name)}`;
  return html`<form method="post" class="choices apart"><input type="hidden" name="to" value="${employeeNumber}">
<button class="row" name="choice" value="${START}"><span class="says">${says}</span> <span class="next">About ${LETTERS_PER_SWEEP} leave every five minutes, in the hours for customer email. You can stop it here at any time.</span></button></form>`;
}

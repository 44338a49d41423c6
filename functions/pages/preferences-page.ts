import type { Channel } from '../contracts/may-contact.ts';
import { type Liftable, liftable } from '../customers/no-contact.ts';
import { type EmailKind, emailKinds, type Wish, type Wishes, wishes } from '../customers/opt-outs.ts';
import type { Language } from '../group/business-time.ts';
import type { Group, Store } from '../group/group.ts';
import { type Html, html } from '../mail/html.ts';
import { type OfStore, render } from './page.ts';
import { notice } from './parts.ts';
import { preferenceTexts } from './preferences-words.ts';

/** The page on which a customer chooses which emails to get, from this store or the whole group. */
export interface Preferences {
  readonly language: Language;
  readonly store: Store;
  readonly group: Group;
  /** The masked address, enough for the customer to recognize it. */
  readonly address: string;
  readonly wishes: Wishes;
  /** The channels that are closed altogether. */
  readonly refused: readonly Channel[];
}

export type PreferencesOutcome = 'saved' | 'nothing chosen';

export function preferencesPage(of: Preferences, outcome?: PreferencesOutcome): string {
  const say = preferenceTexts[of.language];
  return render({
    language: of.language,
    title: outcome === 'saved' ? `${whatWasDone(of)} – ${say.title}` : say.title,
    narrow: true,
    of,
    notice: outcome && noticeOf(of, outcome),
    body: html`<section class="panel">
<h1>${say.title}</h1>
<p>${say.forAddress} <bdi>${masked(of.address)}</bdi></p>
${stopForm(of)}
</section>
<section class="panel apart" aria-labelledby="choose"><h2 id="choose">${say.choose}</h2>
<form method="post">
${emailKinds.map((kind) => kindField(kind, of))}
<h2>${say.other}</h2>
<p class="hint">${say.otherFrom(of.group.displayName)}</p>
${liftable.map((channel) => channelField(channel, of))}
<button class="press" name="choice" value="save">${say.save}</button>
</form>
</section>`,
  });
}

const isNoFromStore = ({ wishes: all }: Preferences) => emailKinds.every((kind) => all[kind] !== 'yes');
const isNoFromGroup = ({ wishes: all }: Preferences) => emailKinds.every((kind) => all[kind] === 'no-group');

function whatWasDone(of: Preferences): string {
  const say = preferenceTexts[of.language];
  if (isNoFromGroup(of)) return say.stoppedGroup(of.group.displayName);
  return isNoFromStore(of) ? say.stoppedStore(of.store.name) : say.saved;
}

function noticeOf(of: Preferences, outcome: PreferencesOutcome): Html {
  const say = preferenceTexts[of.language];
  return outcome === 'saved'
    ? notice('done', html`<p>${whatWasDone(of)} ${say.sinceNow}</p>`)
    : notice('wrong', html`<p>${say.nothingChosen}</p>`);
}

function kindField(kind: EmailKind, of: Preferences): Html {
  const { name, what } = preferenceTexts[of.language].kinds[kind];
  const current = of.wishes[kind];
  return html`<label for="${kind}">${name}</label><p class="hint" id="${kind}-what">${what}</p>
<select id="${kind}" name="${kind}" aria-describedby="${kind}-what">${wishes.map(
    (wish) =>
      html`<option value="${wish}"${wish === current ? html` selected` : undefined}>${wishText(wish, current, of)}</option>`,
  )}</select>`;
}

function channelField(channel: Liftable, { language, refused }: Preferences): Html {
  const { name, yes, no } = preferenceTexts[language].channels[channel];
  const isNo = refused.includes(channel);
  return html`<label for="${channel}">${name}</label>
<select id="${channel}" name="${channel}"><option value="yes"${isNo ? undefined : html` selected`}>${yes}</option><option value="no"${isNo ? html` selected` : undefined}>${no}</option></select>`;
}

/** Lifting an opt-out from the whole group affects the whole group, so the label says so. */
function wishText(wish: Wish, current: Wish, { language, store, group }: Preferences): string {
  const { answers } = preferenceTexts[language];
  if (wish === 'no-store') return answers.noStore(store.name);
  if (wish === 'no-group') return answers.noGroup(group.displayName);
  return current === 'no-group' ? answers.yesGroup(group.displayName) : answers.yes;
}

/** Leaves out the choice that already applies. */
function stopForm(of: Preferences): Html | undefined {
  const say = preferenceTexts[of.language];
  if (isNoFromGroup(of)) return undefined;
  return html`<form method="post" class="choices">
${isNoFromStore(of) ? undefined : stopButton('stop-store', say.stopStore(of.store.name), say.stopNext)}
${stopButton('stop-group', say.stopGroup(of.group.displayName), say.stopNext)}
</form>`;
}

const stopButton = (choice: string, says: string, next: string): Html =>
  html`<button class="row" name="choice" value="${choice}"><span class="says">${says}</span> <span class="next">${next}</span></button>`;

/** `m•••@example.com`: somebody with a forwarded link does not learn the address. */
function masked(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `${[...local].at(0) ?? ''}•••@${domain}`;
}

/** The same page for every link that opens nothing, so that it reveals nothing. */
export const preferencesNotFoundPage = (): string =>
  render({
    language: 'en',
    title: 'This link does not open anything',
    narrow: true,
    body: html`<section class="panel"><h1>This link does not open anything</h1>
<p>To choose which emails you get, use the link at the end of our latest email to you, or just answer it.</p></section>
<section class="panel apart" lang="es"><h2>Este enlace no abre nada</h2>
<p>Para elegir qué correos recibe, use el enlace al final de nuestro último correo, o simplemente respóndalo.</p></section>`,
  });

/** For mail clients that open the one-click URL instead of posting to it: one button, and nothing is changed yet. */
export function unsubscribePage(language: Language, kind: EmailKind, of: OfStore): string {
  const say = preferenceTexts[language];
  return render({
    language,
    title: say.unsubscribe,
    narrow: true,
    of,
    body: html`<section class="panel"><h1>${say.unsubscribe}</h1>
<p>${say.fromStore(say.kinds[kind].name, of.store.name)}</p>
<form method="post"><button class="press" name="List-Unsubscribe" value="One-Click">${say.unsubscribeNow}</button></form>
</section>`,
  });
}

/** The response to a mail client's one-click POST; people rarely see it. */
export const unsubscribedPage = (language: Language): string => {
  const say = preferenceTexts[language];
  return render({
    language,
    title: say.unsubscribed,
    narrow: true,
    body: html`<section class="panel"><h1>${say.unsubscribed}</h1><p>${say.sinceNow}</p></section>`,
  });
};

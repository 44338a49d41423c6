import type { Language } from '../group/business-time.ts';
import type { MetAnswer } from '../handoff/meeting.ts';
import { html } from '../mail/html.ts';
import { type Words, words, wordsToHtml } from '../mail/words.ts';
import { type OfStore, render } from './page.ts';
import { notice, phoneLink } from './parts.ts';

/** The page on which a customer answers, with one button, whether they met the person whom an email introduced. */
export interface ShownMeeting extends OfStore {
  readonly language: Language;
  /** The answer that the button gives. */
  readonly answer: MetAnswer;
  /** The name of the person who was introduced; undefined if they have left. */
  readonly name: string | undefined;
  readonly isSaid: boolean;
}

export const SAY = 'say';

export function metPage({ language, group, store, answer, name, isSaid }: ShownMeeting): string {
  const say = texts[language];
  const title = wordsToHtml(say.title(name ?? say.team));
  return render({
    language,
    title: isSaid ? say.thanks : say.plain,
    narrow: true,
    of: { group, store },
    notice: isSaid ? notice('done', html`<p>${say.thanks} ${say.after[answer]}</p>`) : undefined,
    body: html`<section class="panel"><h1>${title}</h1>
${isSaid ? undefined : html`<form method="post"><button class="press" name="choice" value="${SAY}">${say.button[answer]}</button></form>`}
<p>${say.call} ${phoneLink(store.phone)}</p>
</section>`,
  });
}

/** For a sale that was called off after the email was sent: the customer did nothing wrong by opening it. */
export function notAskedPage({ language, group, store }: OfStore & Pick<ShownMeeting, 'language'>): string {
  const say = texts[language];
  return render({
    language,
    title: say.notAsked,
    narrow: true,
    of: { group, store },
    body: html`<section class="panel"><h1>${say.notAsked}</h1>
<p>${say.call} ${phoneLink(store.phone)}</p>
</section>`,
  });
}

interface Texts {
  readonly plain: string;
  readonly title: (name: string) => Words;
  readonly team: string;
  readonly button: Readonly<Record<MetAnswer, string>>;
  readonly thanks: string;
  readonly after: Readonly<Record<MetAnswer, string>>;
  readonly call: string;
  readonly notAsked: string;
}

const texts: Record<Language, Texts> = {
  en: {
    plain: 'Have you met us?',
    title: (name) => words`Have you met ${name}?`,
    team: 'our service team',
    button: { yes: 'Yes, we’ve met', no: 'No, not yet' },
    thanks: 'Thank you for telling us.',
    after: { yes: 'See you at your first service.', no: 'We’ll make up for it.' },
    call: 'Questions? Call',
    notAsked: 'There is nothing left to answer here',
  },
  es: {
    plain: '¿Ya nos conoce?',
    title: (name) => words`¿Ya conoció a ${name}?`,
    team: 'nuestro equipo de servicio',
    button: { yes: 'Sí, ya nos conocemos', no: 'No, todavía no' },
    thanks: 'Gracias por decírnoslo.',
    after: { yes: 'Nos vemos en su primer servicio.', no: 'Nos encargaremos de ello.' },
    call: '¿Preguntas? Llame al',
    notAsked: 'Ya no hay nada que responder aquí',
  },
};

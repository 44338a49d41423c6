import type { Language } from '../group/business-time.ts';
import { type CustomerVisit, partsOfDay, type TimeWanted } from '../handoff/customer-visit.ts';
import { momentOf, postalAddressOf } from '../mail/format.ts';
import { type Html, html } from '../mail/html.ts';
import { type OfStore, render } from './page.ts';
import { notice, phoneLink } from './parts.ts';

/** The page on which a customer sees the time of a visit, and asks for another one. Reading it changes nothing. */
export interface ShownVisit extends OfStore {
  readonly language: Language;
  readonly visit: CustomerVisit | undefined;
}

export type VisitOutcome = 'asked' | 'nothing chosen' | 'wrong day';

export const ANOTHER_TIME = 'another-time';

export function visitPage(of: ShownVisit, outcome?: VisitOutcome): string {
  const { language, store, visit } = of;
  const say = texts[language];
  return render({
    language,
    title: outcome === 'asked' ? say.asked : say.title,
    narrow: true,
    of,
    notice: noticeOf(of, outcome),
    body: html`<section class="panel"><h1>${say.title}</h1>
${visit ? html`<p><strong>${momentOf(store.timeZone, visit.startsAt, language)}</strong></p>` : html`<p>${say.nothingBooked}</p>`}
<p>${store.name}, ${postalAddressOf(store)}</p>
<p>${say.call} ${phoneLink(store.phone)}</p>
</section>
${visit ? form(visit, language) : undefined}
<section class="panel apart"><p><a href="${store.bookingLink}">${visit ? say.online : say.book}</a></p></section>`,
  });
}

function noticeOf({ language, visit }: ShownVisit, outcome: VisitOutcome | undefined): Html | undefined {
  const say = texts[language];
  if (outcome === 'nothing chosen') return notice('wrong', html`<p>${say.nothingChosen}</p>`);
  if (outcome === 'wrong day') return notice('wrong', html`<p>${say.wrongDay}</p>`);
  return visit?.wanted ? notice('done', html`<p>${say.asked} ${say.untilThen}</p>`) : undefined;
}

function form({ days, wanted }: CustomerVisit, language: Language): Html {
  const say = texts[language];
  return html`<section class="panel apart" aria-labelledby="other"><h2 id="other">${say.other}</h2>
<form method="post">
<label for="day">${say.day}</label>
<input type="date" id="day" name="day" min="${days.first}" max="${days.last}" value="${wanted?.day ?? ''}">
<label for="part">${say.part}</label>
<select id="part" name="part">${partsOfDay.map((part) => option(part, wanted, say.parts[part]))}</select>
<button class="press" name="choice" value="${ANOTHER_TIME}">${say.ask}</button>
<p class="hint">${say.stands}</p>
</form></section>`;
}

const option = (part: TimeWanted['part'], wanted: TimeWanted | undefined, label: string): Html =>
  html`<option value="${part}"${part === wanted?.part ? html` selected` : undefined}>${label}</option>`;

interface Texts {
  readonly title: string;
  readonly nothingBooked: string;
  readonly call: string;
  readonly online: string;
  readonly book: string;
  readonly other: string;
  readonly day: string;
  readonly part: string;
  readonly parts: Readonly<Record<TimeWanted['part'], string>>;
  readonly ask: string;
  readonly stands: string;
  readonly asked: string;
  readonly untilThen: string;
  readonly nothingChosen: string;
  readonly wrongDay: string;
}

const texts: Record<Language, Texts> = {
  en: {
    title: 'Your first service',
    nothingBooked: 'No appointment is booked at the moment.',
    call: 'Questions? Call',
    online: 'Or change the time online',
    book: 'Book online',
    other: 'Need a different time?',
    day: 'Which day would suit you? (optional)',
    part: 'What time of day?',
    parts: { any: 'Any time', morning: 'In the morning', afternoon: 'In the afternoon' },
    ask: 'Ask for another time',
    stands: 'We get back to you with a time. Your appointment stands until then.',
    asked: 'We have your request for another time.',
    untilThen: 'We’ll get back to you. Your appointment stands until then.',
    nothingChosen: 'Nothing was chosen, so nothing was changed. Please press the button.',
    wrongDay: 'Please choose a day from today on, within the next months.',
  },
  es: {
    title: 'Su primer servicio',
    nothingBooked: 'Por el momento no tiene cita.',
    call: '¿Preguntas? Llame al',
    online: 'O cambie su cita en línea',
    book: 'Hacer mi cita en línea',
    other: '¿Necesita otra hora?',
    day: '¿Qué día le conviene? (opcional)',
    part: '¿A qué hora del día?',
    parts: { any: 'A cualquier hora', morning: 'Por la mañana', afternoon: 'Por la tarde' },
    ask: 'Pedir otra hora',
    stands: 'Le responderemos con una hora. Hasta entonces, su cita sigue en pie.',
    asked: 'Recibimos su solicitud de otra hora.',
    untilThen: 'Le responderemos pronto. Hasta entonces, su cita sigue en pie.',
    nothingChosen: 'No eligió nada, así que nada cambió. Por favor use el botón.',
    wrongDay: 'Por favor elija un día a partir de hoy, dentro de los próximos meses.',
  },
};

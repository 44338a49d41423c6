import { customerName, languageOf } from '../../customers/customer.ts';
import { facts, lead, lines, paragraph } from '../../mail/blocks.ts';
import { carOf, dayOf, postalAddressOf } from '../../mail/format.ts';
import type { Paper } from '../../mail/layout.ts';
import type { MessageContext } from '../../mail/message.ts';
import { comparisonBlock, sheetOf, workBlock } from '../../mail/repair-sheet.ts';
import { listed, strong, words } from '../../mail/words.ts';
import { customersCopy } from '../../readiness/sheet.ts';
import { appraisedQuote } from './appraisal.ts';
import type { RepairOptions } from './task.ts';

/**
 * The sheet on paper, for the customer to take home. It is a document of its own, so nothing can appear on it that is not built
 * here. It is in the customer's language, while staff read theirs in English. It names no other staff, tells nobody what to do,
 * gives no advice, and shows only what may be handed out.
 */
type Surroundings = Pick<MessageContext<RepairOptions>, 'task' | 'group' | 'store' | 'now' | 'person'>;

export function copyForCustomer(context: Surroundings): Paper | undefined {
  const { task, store, now, person } = context;
  const quote = appraisedQuote(task, context);
  if (!quote) return undefined;
  const { history, circumstances } = task;
  const whole = sheetOf(context, { quote, history, circumstances });
  const sheet = customersCopy(whole, { tradeValue: store.tradeValueOnPaper });
  const advisor = person(task.assignee?.employeeNumber);
  const language = languageOf(quote.customer);
  const says = copyWords[language];
  const blocks = [
    lines(strong(store.name), postalAddressOf(store), store.phone),
    lead(says.heading(customerName(quote.customer), carOf(quote.vehicle, language))),
    facts([
      [says.date, dayOf(store.timeZone, now, language)],
      [says.order, quote.roNumber],
      [
        says.advisor,
        advisor && listed([advisor.name, ...(advisor.phone === undefined ? [] : [advisor.phone])]),
      ],
    ]),
    workBlock(sheet, context, language),
    comparisonBlock(sheet, context, { language, caption: says.caption, unanswered: says.unanswered }),
    paragraph(says.notHere),
  ];
  return { language, blocks };
}

/** The words around the sheet, whose own words are the same for staff. */
const copyWords = {
  en: {
    heading: (name: string, car: string | undefined) => words`${name}’s ${car ?? 'car'}: repair or replace`,
    date: 'Date',
    order: 'Repair order',
    advisor: 'Service advisor',
    caption: 'As known today. Repairing and replacing can both be the right answer.',
    unanswered: 'Please ask',
    notHere: words`Not on this sheet: tax, fees, insurance and service of another car.`,
  },
  es: {
    heading: (name: string, car: string | undefined) =>
      words`${car ?? 'Vehículo'} de ${name}: ¿repararlo o cambiarlo por otro?`,
    date: 'Fecha',
    order: 'Orden de reparación',
    advisor: 'Le atiende',
    caption: 'Según lo que se sabe hoy. Tanto repararlo como cambiarlo puede ser una buena decisión.',
    unanswered: 'Pregúntenos',
    notHere: words`Esta hoja no incluye los impuestos, los cargos, el seguro ni el servicio de otro vehículo.`,
  },
} as const;

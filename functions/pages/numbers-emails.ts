import { type Html, html } from '../mail/html.ts';
import { askFor } from '../numbers/cells.ts';
import { emailIn, emailOutcomeNames } from '../numbers/definitions/email-outcomes.ts';
import { definitionNamed } from '../numbers/definitions.ts';
import { type Count, hasRate, shareOf } from '../numbers/interval.ts';
import { grouped, inTenths, sortOf } from '../numbers/words.ts';
import { countOf, panel, type ShownNumbers, table } from './numbers-parts.ts';

/** A line for each email to customers, with its possible outcomes. */
export function emails({ counted, selection }: ShownNumbers): Html | undefined {
  const { lines } = askFor(counted, 'email-outcomes', 'group', selection);
  const found = lines.map(({ breakdown = '', value }) => ({ ...emailIn(breakdown), count: countOf(value) }));
  const messages = [...new Set(found.map(({ message }) => message))];
  if (messages.length === 0) return undefined;
  const rows = messages.map((message) => {
    const its = found.filter((one) => one.message === message);
    const whole = its[0]?.count.whole ?? 0;
    return [
      sortOf(message),
      grouped(whole),
      emailOutcomeNames
        .map((outcome) => {
          const part = its.find((one) => one.outcome === outcome)?.count.part ?? 0;
          return `${howMany({ part, whole })} ${inWords[outcome]}`;
        })
        .join(', '),
    ];
  });
  return panel(definitionNamed('email-outcomes').title, [
    html`<p class="hint">Opted out: the email did not leave, because the customer wants none of its kind. Those that came back need another address.</p>`,
    table(['email', 'all', 'what became of them'], rows),
  ]);
}

/** In words, because a table's head is not shown on a phone. */
const inWords = {
  delivered: 'delivered',
  bounced: 'came back',
  complained: 'called spam',
  'opted out': 'opted out',
} as const satisfies Readonly<Record<(typeof emailOutcomeNames)[number], string>>;

/** To a tenth of a percent: one complaint in a thousand is a lot. */
const howMany = (count: Count): string =>
  hasRate(count) && count.part > 0
    ? `${grouped(count.part)} (${inTenths(shareOf(count))}%)`
    : grouped(count.part);

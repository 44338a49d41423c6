import { type Html, html } from '../mail/html.ts';
import { NOTHING_TO_PROPOSE, proposalWords } from '../numbers/proposals.ts';
import { panel, type ShownNumbers } from './numbers-parts.ts';

/** What other settings of the rule would have done, with the evidence; also shown if there is too little to judge. */
export const otherSettings = ({ proposals, names, of }: ShownNumbers): Html =>
  panel('Other settings of the rule', [
    html`<p class="hint">Nothing changes by itself: whoever keeps the group’s file decides.</p>`,
    proposals.length === 0
      ? html`<p>${NOTHING_TO_PROPOSE}</p>`
      : html`<ul>${proposals.map((one) => html`<li>${of.store ? undefined : html`<strong>${names.store(one.storeId)}</strong>: `}${proposalWords(one)}</li>`)}</ul>`,
  ]);

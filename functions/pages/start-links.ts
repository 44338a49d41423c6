import { everyKind } from '../handoffs/kinds.ts';
import { startPath } from '../links/paths.ts';
import { type Html, html } from '../mail/html.ts';
import { type StaffMember, worksFor } from '../people/staff.ts';

/** Links to the handoffs that the reader may start, each with a form of its own below their page. */
export function startLinks(reader: StaffMember, below: string): Html | undefined {
  const theirs = everyKind.flatMap(({ kind, startForm }) =>
    startForm && worksFor(reader, startForm.offeredTo) ? [{ kind, label: startForm.label }] : [],
  );
  return theirs.length === 0
    ? undefined
    : html`<nav class="apart" aria-label="Start a handoff">${theirs.map(
        ({ kind, label }) =>
          html`<p><a class="row" href="${startPath(below, kind)}"><span class="says">${label}</span></a></p>`,
      )}</nav>`;
}

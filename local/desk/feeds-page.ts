import { join } from 'node:path';
import { countsOf, type FileReceipt } from '../../functions/feeds/file-receipt.ts';
import {
  amountsInWords,
  type Counts,
  endedInWords,
  sumInWords,
} from '../../functions/feeds/receipt-words.ts';
import type { DeskFeed, FeedDesk } from '../feeds.ts';
import type { PostDesk } from '../posts.ts';
import { DROP_PATH } from './actions.ts';
import type { Desk } from './desk.ts';
import { type Html, html, time } from './html.ts';
import { live, none, orProblem } from './pages.ts';

/**
 * Each feed with its folder, and a place to drop a file on. Without the page's script it works too, except for
 * dropping.
 */
export async function feedsPage(desk: Desk): Promise<Html> {
  const { feeds, posts } = desk;
  if (!feeds || feeds.feeds.length === 0)
    return html`<h1>Feeds</h1><p class="quiet">No feed stands in the group's file.</p>`;
  return html`<h1>Feeds</h1>
    <ul class="cards">${feeds.feeds.map((feed) => feedCard(feed, feeds, posts))}</ul>
    <h2>Receipts</h2>
    ${live('receipts', await orProblem(receiptList(desk)))}`;
}

const MOST_RECEIPTS = 50;

async function receiptList({ table }: Desk): Promise<Html> {
  const receipts = await table.receipts();
  if (receipts.length === 0) return none('No file has been dropped yet.');
  return html`<ul class="cards">${receipts.slice(0, MOST_RECEIPTS).map(receiptCard)}</ul>`;
}

const states = {
  reading: html`<span class="tag waiting">is being read</span>`,
  read: html`<span class="tag done">read</span>`,
  stopped: html`<span class="bad">stopped: nothing of it was sent</span>`,
} as const satisfies Record<FileReceipt['state'], Html>;

/** The total first, then the items that add up to it. */
function receiptCard(receipt: FileReceipt): Html {
  const { feed, fileName, modifiedAt, state, isHistory, stops, judged } = receipt;
  const { sent, skipped, waiting } = countsOf(receipt);
  return html`<li class="card">
    <p><strong>${fileName}</strong> ${states[state]}</p>
    <p class="quiet">${feed} · ${time(modifiedAt)}${isHistory && ' · as history: visits and sales are kept, and nobody is written to about old ones'}</p>
    ${stops.map(({ reason, says }) => html`<p class="bad">${reason}: ${says}</p>`)}
    <p>${sumInWords(receipt)}</p>
    ${[sent, skipped, waiting, endedInWords(receipt)].map(countList)}
    ${amountsInWords(judged?.cents ?? {}).map(([what, dollars]) => html`<p class="quiet">$${dollars} ${what}</p>`)}
  </li>`;
}

const countList = (counts: Counts): Html =>
  html`${Object.entries(counts).map(([what, count]) => html`<p class="quiet">${count} ${what}</p>`)}`;
const feedCard = (
  { name, title }: DeskFeed,
  { folder, hasSample }: FeedDesk,
  posts: PostDesk | undefined,
): Html => html`<li class="card" id="${name}">
  <h2>${name}</h2>
  <p class="quiet">${title}</p>
  <form method="post" action="${DROP_PATH}" enctype="multipart/form-data" class="row" data-drop>
    <input type="hidden" name="feed" value="${name}">
    <label>A file, with its own name <input type="file" name="file" multiple required></label>
    <button>Drop it</button>
    <span class="quiet">or drag it here, or copy it to <code>${join(folder, name)}</code></span>
  </form>
  ${
    hasSample(name) &&
    html`<form method="post" action="/desk/do/drop-sample" class="row">
      <input type="hidden" name="back" value="/desk/feeds">
      <input type="hidden" name="feed" value="${name}">
      <button>Drop last night's file</button>
      <span class="quiet">a sample, moved to the clock's today; press again for the night after</span>
    </form>`
  }
  ${posts && postForm(name, posts)}
</li>`;

const postForm = (name: string, posts: PostDesk): Html | undefined => {
  const address = posts.addressOf(name);
  if (address === undefined) return undefined;
  return html`<p class="quiet">Its vendor posts to <code>${address}</code></p>
  ${
    posts.hasSample(name) &&
    html`<form method="post" action="/desk/do/post-sample" class="row">
      <input type="hidden" name="back" value="/desk/feeds">
      <input type="hidden" name="feed" value="${name}">
      <button>Post a signed sample</button>
      <span class="quiet">a quote of this minute, by the key of the feed</span>
    </form>`
  }`;
};

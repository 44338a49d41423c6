import { join } from 'node:path';
import type { DeskFeed, FeedDesk } from '../feeds.ts';
import type { PostDesk } from '../posts.ts';
import { DROP_PATH } from './actions.ts';
import type { Desk } from './desk.ts';
import { type Html, html } from './html.ts';

/** Each feed with its folder, and a place to drop a file on. Works without the script, which only takes the drop. */
export async function feedsPage(desk: Desk): Promise<Html> {
  const { feeds, posts } = desk;
  if (!feeds || feeds.feeds.length === 0)
    return html`<h1>Feeds</h1><p class="quiet">No feed stands in the group's file.</p>`;
  return html`<h1>Feeds</h1>
    <ul class="cards">${feeds.feeds.map((feed) => feedCard(feed, feeds, posts))}</ul>`;
}

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

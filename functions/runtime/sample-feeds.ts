import type { FileFeed } from '../feeds/file-feed.ts';

/** `#feeds` when running from source is empty; in a bundle it has those of the deployed group (lib/bundle.ts). */
export const feeds: readonly FileFeed[] = [];

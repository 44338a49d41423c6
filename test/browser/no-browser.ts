import { chromiumPath } from './chromium.ts';

/** Asked once before all tests: without a browser nothing below says anything. */
export default function setup(): void {
  chromiumPath();
}

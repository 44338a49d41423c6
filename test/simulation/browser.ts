import { answerRequest } from '../../functions/lambdas/answer-task/answer-request.ts';
import type { Answer } from '../../functions/lambdas/answer-task/reply.ts';
import { readRequest } from '../../functions/lambdas/answer-task/request.ts';
import { ORIGIN } from '../support/services.ts';
import type { Services } from './cloud.ts';
import type { Functions } from './functions.ts';
import type { History } from './history.ts';
import type { Watch } from './watch.ts';

interface World {
  readonly history: History;
  readonly functions: Functions<Services>;
  readonly watch: Watch;
  /** Nobody reads what comes from now on. */
  readonly isOver: () => boolean;
}

interface Visitor {
  readonly name: string;
  /** Whether the link is theirs, and they still work here. */
  readonly isTheirs: boolean;
}

/** Posts the forms of our pages, as whoever opened a link. */
export class Browser {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** The answer that the visitor saw; none where the page failed, or nobody reads any more. */
  async post(
    path: string,
    form: Readonly<Record<string, string>>,
    { name, isTheirs }: Visitor,
  ): Promise<Answer | undefined> {
    const { functions, watch, history, isOver } = this.#world;
    if (isOver()) return undefined;
    history.add('person', () => `${name} posts ${form['choice']} to ${path}`);
    let seen: Answer | undefined;
    await functions.invoke('answer-task', async (services, invocation) => {
      watch.clicks.set(invocation, { isTheirs });
      seen = await answerRequest(services, readRequest(posted(path, form)));
      return seen.outcome;
    });
    return seen;
  }
}

export function linkIn(text: string, door: 't' | 'u' | 'me', page = ''): string | undefined {
  const found = text.match(new RegExp(`${ORIGIN}(/${door}/[0-9a-f]{32}/[\\w-]+${page})`));
  return found?.[1];
}

/** The handoff that an email is about. A list is about several: its reader opens their own page. */
export const linkToHandoff = (text: string): string | undefined =>
  linkIn(text, 'me') === undefined ? linkIn(text, 't') : undefined;

function posted(path: string, form: Readonly<Record<string, string>>): object {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  return {
    rawPath,
    rawQueryString,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(form).toString()).toString('base64'),
    isBase64Encoded: true,
    requestContext: { http: { method: 'POST' } },
  };
}

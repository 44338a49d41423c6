import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody, readJson, sendJson, sendJsonSoon } from '../emulator/http/body.ts';
import { messageOf, Problem } from '../emulator/problem.ts';
import { act, DROP_PATH, dropFiles, isAction } from './actions.ts';
import { createChanges } from './changes.ts';
import type { Desk } from './desk.ts';
import { callEndpoint, isEndpoint } from './endpoints.ts';
import { isSite, showSite } from './site.ts';

const mostBytes = 1024 * 1024;
/** Enough for a nightly file. A history of several gigabytes has to be put into the bucket directly. */
const mostBytesOfFiles = 256 * 1024 * 1024;

/** The stack's HTTP APIs, which answer under the desk's own address. */
export interface StackApis {
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Another website open in the same browser must not be able to move the clock or send samples. */
function isForeign(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return request.method === 'POST' && origin !== undefined && URL.parse(origin)?.host !== host;
}

/** Answers requests for the desk and its endpoints; every other path goes to the stack's HTTP APIs. */
export function createDeskAnswer(desk: Desk, api: StackApis): Answer {
  const follow = createChanges(desk);

  async function own(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (isForeign(request)) return sendJson(response, 403, { message: 'Asked by a page of another origin' });
    if (url.pathname === '/desk/changes') return follow(response);
    if (request.method === 'POST' && url.pathname === DROP_PATH) {
      const files = await readBody(request, mostBytesOfFiles);
      return dropFiles(desk, files, request.headers['content-type'] ?? '', response);
    }
    const body = await readBody(request, mostBytes);
    if (isEndpoint(url.pathname)) {
      return sendJsonSoon(response, callEndpoint(request.method ?? 'GET', url, desk, readJson(body)));
    }
    if (request.method === 'POST' && isAction(url.pathname)) return act(desk, url.pathname, body, response);
    return showSite(desk, url, response);
  }

  return async (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://desk');
    if (!url) throw new Problem('the address cannot be read');
    if (isEndpoint(url.pathname) || isSite(url.pathname)) return await own(request, response, url);
    return await api.handle(request, response, url);
  };
}

function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else sendJson(response, error instanceof Problem ? 400 : 500, { message: messageOf(error) });
}

export function createDeskServer(answer: () => Answer | undefined): Server {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const ready = answer();
    if (!ready) return sendJson(response, 503, { message: 'The local run is starting' });
    return void ready(request, response).catch((error: unknown) => answerError(response, error));
  });
}

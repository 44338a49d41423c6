import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isDoor, openDoor } from '../doors.ts';
import { readBody, readJson, sendJson } from '../http.ts';
import type { HttpApi } from '../http-api.ts';
import { messageOf, Problem } from '../problem.ts';
import type { Desk } from './desk.ts';

const mostBytes = 1024 * 1024;

/** A page of somebody else in the same browser must not move the clock or send samples. */
function isForeign(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return request.method === 'POST' && origin !== undefined && URL.parse(origin)?.host !== host;
}

export interface DeskServices {
  desk: Desk;
  api: HttpApi;
}

async function answer({ desk, api }: DeskServices, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://desk');
  if (!isDoor(url.pathname)) return await api.handle(request, response, url);
  if (isForeign(request)) return sendJson(response, 403, { message: 'Asked by a page of another origin' });
  const body = readJson(await readBody(request, mostBytes));
  return sendJson(response, 200, await openDoor(request.method ?? 'GET', url, desk, body));
}

function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else sendJson(response, error instanceof Problem ? 400 : 500, { message: messageOf(error) });
}

/** The desk, its doors for scripts, and the stack's HTTP API, on one port. */
export function createDeskServer(services: () => DeskServices | undefined): Server {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const ready = services();
    if (!ready) return sendJson(response, 503, { message: 'The local run is starting' });
    return void answer(ready, request, response).catch((error: unknown) => answerError(response, error));
  });
}

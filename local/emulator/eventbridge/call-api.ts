import { messageOf } from '../problem.ts';
import type { ApiDestinationSpec } from '../stack/api-destinations.ts';

/** The result of one call: accepted, worth retrying, or refused for good. */
export interface Called {
  is: 'taken' | 'again' | 'refused';
  why: string;
}

/** The time that EventBridge waits for an API. */
const timeoutMs = 5000;

/** Status codes that EventBridge retries, in addition to all server errors. Any other is final. */
const again = new Set([401, 407, 409, 429]);

/** Posts an event as EventBridge does. Nothing outside this machine is called: `url` is a local stand-in for the API. */
export async function callApi(
  { method, header }: ApiDestinationSpec,
  url: string,
  body: unknown,
): Promise<Called> {
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Amazon/EventBridge/ApiDestinations',
        [header.name]: header.value,
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return judge(answer.status);
  } catch (error) {
    return { is: 'again', why: `the API did not answer: ${messageOf(error)}` };
  }
}

function judge(status: number): Called {
  const why = `the API answered ${status}`;
  if (status >= 200 && status < 300) return { is: 'taken', why };
  return { is: status >= 500 || again.has(status) ? 'again' : 'refused', why };
}

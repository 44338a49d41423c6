/** Hosts on this machine: the emulated services, and stand-ins for external APIs. */
const here: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The `fetch` of functions. It never calls anything outside this machine: a host with a local stand-in is called
 * there, with the same path and query; any other host is unreachable.
 */
export function fetchPlayed(real: typeof fetch, apisAt: Readonly<Record<string, string>>): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (here.has(url.hostname)) return real(input, init);
    const played = apisAt[url.hostname];
    if (played === undefined) throw new TypeError(`fetch failed: nobody plays ${url.hostname} here`);
    const there = new URL(`${url.pathname}${url.search}`, played);
    return real(input instanceof Request ? new Request(there, input) : there, init);
  };
}

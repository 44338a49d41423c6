/** Hosts of this machine: the emulated services, and whoever plays an API. */
const here: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * What a function fetches. Nothing outside this machine is ever called: where somebody plays a host, its calls go there,
 * with path and query as they are; any other host cannot be reached.
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

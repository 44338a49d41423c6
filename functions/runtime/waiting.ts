/**
 * Client timeouts are far shorter than the function's, so that a call that hangs fails in time to be retried. Without
 * the third option the SDK only warns on a timeout, and waits until the function is stopped.
 */
export const waiting = { requestTimeout: 5_000, connectionTimeout: 2_000, throwOnRequestTimeout: true };

export function isTimeZone(text: string): boolean {
  // An offset such as '+05:00' is accepted by Intl and knows nothing of summer time.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** An address as in a header: `"O'Brien" <ob@example.com>` or bare. */
export interface Mailbox {
  name: string;
  address: string;
}

const angle = /^(?<name>.*)<(?<address>[^<>]*)>\s*$/s;
const plain = /^[^\s@<>"(),:;]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

const unquoted = (name: string): string =>
  name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;

/** Parses a header's mailbox; undefined for one that SES would refuse, such as non-ASCII. */
export function parseMailbox(text: string): Mailbox | undefined {
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined;
  const match = angle.exec(text)?.groups;
  const address = (match?.['address'] ?? text).trim();
  if (!plain.test(address)) return undefined;
  return { name: unquoted((match?.['name'] ?? '').trim()), address };
}

/** The address in a header that was accepted. */
export const bareAddress = (text: string): string => /<([^<>]*)>\s*$/.exec(text)?.[1]?.trim() ?? text.trim();

function decodeWord(word: string, charset: string, encoding: string, data: string): string {
  const bytes =
    encoding.toUpperCase() === 'B'
      ? Buffer.from(data, 'base64')
      : Buffer.from(
          data
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            ),
          'latin1',
        );
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // The character set is unknown: mail programs show the word unchanged.
    return word;
  }
}

/** Decodes a header with RFC 2047 encoded words, as a mail program shows it. */
export function decodeHeader(text: string): string {
  const joined = text.replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(/=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi, decodeWord);
}

const simulatorDomain = 'simulator.amazonses.com';

/** The scenario that the mailbox simulator runs for an address; labels as in `bounce+7@...` are allowed. */
export function simulated(address: string): string | undefined {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  return domain === simulatorDomain ? local.split('+')[0] : undefined;
}

/** What an AWS endpoint answers, before it is bytes: JSON, or the text of an XML document. */
export interface AwsAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** An error that every SDK recognises, by header and by body. */
export function awsError(status: number, type: string, message: string): AwsAnswer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { __type: type, message, Message: message } };
}

/** The body of services that speak XML. */
export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no control characters, not even as entities. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: names exactly the characters that XML forbids
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

export const escapeXml = (text: string): string =>
  text
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"'\r]/g, (sign) => entities[sign] ?? `&#${sign.charCodeAt(0)};`);

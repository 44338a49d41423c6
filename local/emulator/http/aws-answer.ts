/** A response of the AWS endpoint before serialization: a JSON value or an XML document. */
export interface AwsAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** An error that every SDK recognizes, by header and by body. */
export function awsError(status: number, type: string, message: string): AwsAnswer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { __type: type, message, Message: message } };
}

/** A response body for services that speak XML. */
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

/** XML 1.0 allows only these control characters, even as entities. */
const allowedControls = '\t\n\r';

function escaped(sign: string): string {
  const entity = entities[sign];
  if (entity !== undefined) return entity;
  if (sign === '\r') return '&#13;';
  const isForbidden =
    (sign < ' ' && !allowedControls.includes(sign)) || sign === '\ufffe' || sign === '\uffff';
  return isForbidden ? '\ufffd' : sign;
}

export const escapeXml = (text: string): string => [...text].map(escaped).join('');

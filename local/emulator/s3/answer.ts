import type { ServerResponse } from 'node:http';
import { escapeXml, Xml } from '../http/aws-answer.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** `<Name>text</Name>`; an undefined text omits the element. */
export const tag = (name: string, text: string | number | boolean | undefined): string =>
  text === undefined ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;

export const document = (name: string, content: string): Xml =>
  new Xml(`<${name} xmlns="${namespace}">${content}</${name}>`);

export function sendXml(response: ServerResponse, status: number, { text }: Xml): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(text);
}

export function sendNothing(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, headers);
  response.end();
}

export const quoted = (etag: string): string => `"${etag}"`;
export const unquoted = (etag: string): string => etag.replace(/^(W\/)?"?|"?$/g, '');

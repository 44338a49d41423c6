import { SaxesParser } from 'saxes';
import { malformedXml } from './error.ts';

/** An element of a small XML document. */
export interface Element {
  name: string;
  text: string;
  children: Element[];
}

/** An upload may have ten thousand parts, each with a number, a tag and a checksum: 40,000 elements. */
const mostElements = 50_000;

/** Reads a request body. A document type is refused, so no custom entities exist. */
export function readXml(body: Buffer): Element {
  const document: Element = { name: '', text: '', children: [] };
  const open = [document];
  let count = 0;
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw malformedXml();
  });
  parser.on('doctype', () => {
    throw malformedXml();
  });
  parser.on('opentag', ({ name }) => {
    count += 1;
    if (count > mostElements) throw malformedXml();
    const element = { name, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(body.toString('utf8')).close();
  const [root] = document.children;
  if (!root) throw malformedXml();
  return root;
}

export const childText = ({ children }: Element, name: string): string | undefined =>
  children.find((child) => child.name === name)?.text;

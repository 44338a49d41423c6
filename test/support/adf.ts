import { SaxesParser } from 'saxes';

/** An element as an outside parser reads it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads XML with the strict parser that files of dealers' systems are read by; throws on what is not well-formed. */
export function readXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const path = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, children: [], text: '' };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  const add = (text: string) => {
    const element = path.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  return root;
}

/** The elements at a path below the root, such as `adf/prospect/id`. */
export function elementsAt(root: XmlElement, path: string): XmlElement[] {
  return path
    .split('/')
    .reduce<XmlElement[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [root],
    );
}

/** The text of each element at the path. */
export const textsAt = (root: XmlElement, path: string): string[] =>
  elementsAt(root, path).map(({ text }) => text.trim());

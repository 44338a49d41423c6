import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type FeedRecord, FileStopped, type ReadRow } from './record.ts';
import type { Column, Source } from './source.ts';

type Format = Extract<Source['format'], { readonly type: 'xml' }>;

/**
 * Streams the elements that are records. It holds one record, and the few values around it that the source names with
 * a leading slash. Namespaces are ignored. A document type is refused, so no entity is ever expanded.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  source: Source,
  format: Format,
): AsyncGenerator<ReadRow> {
  const reader = new XmlRecords(source, format.record);
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    reader.write(decoder.decode(chunk, { stream: true }));
    yield* reader.take();
  }
  reader.write(decoder.decode());
  reader.close();
  yield* reader.take();
  if (reader.count === 0)
    throw new FileStopped('empty', `the file has no element ${format.record.join(' or ')}`);
}

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

/** The most characters in a record or between two. Beyond that, an unclosed element swallows the file. */
const LONGEST_RECORD = 16 * 1024 * 1024;

class XmlRecords {
  count = 0;
  #held = 0;
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #source: Source;
  readonly #records: readonly string[];
  readonly #path: Element[] = [];
  /** The depth of the record being read; undefined between records. */
  #depth: number | undefined;
  #ready: FeedRecord[] = [];
  #around = new Map<string, string>();

  constructor(source: Source, records: readonly string[]) {
    this.#source = source;
    this.#records = records;
    this.#parser.on('doctype', () => {
      throw new FileStopped('unreadable', 'it has a document type, which is not read');
    });
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('text', (text) => this.#said(text));
    this.#parser.on('cdata', (text) => this.#said(text));
    this.#parser.on('closetag', () => this.#closed());
    this.#parser.on('error', () => {
      throw new FileStopped('unreadable', 'it is not XML, or it is cut');
    });
  }

  write(text: string): void {
    this.#held += text.length;
    this.#parser.write(text);
    // Only a record that is still open after this chunk counts: those that ended in it are already handed on.
    if (this.#held > LONGEST_RECORD) throw new FileStopped('unreadable', 'a record of over 16 MB');
  }

  close(): void {
    this.#parser.close();
  }

  take(): readonly FeedRecord[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #opened({ local, attributes }: SaxesTagNS): void {
    const element: Element = {
      name: local,
      attributes: new Map(Object.values(attributes).map((one) => [one.local, one.value])),
      children: [],
      text: '',
    };
    if (this.#depth !== undefined) this.#path.at(-1)?.children.push(element);
    this.#path.push(element);
    if (this.#depth === undefined && this.#records.includes(local)) this.#depth = this.#path.length;
    if (this.#depth === undefined) this.#keepAround(element);
  }

  #said(text: string): void {
    const element = this.#path.at(-1);
    if (element) element.text += text;
  }

  #closed(): void {
    const depth = this.#path.length;
    const element = this.#path.pop();
    if (!element) return;
    if (this.#depth === undefined) this.#around.set(this.#at(element), element.text.trim());
    if (depth !== this.#depth) return;
    this.#depth = undefined;
    this.#held = 0;
    this.count += 1;
    this.#ready.push(this.#recordOf(element));
  }

  #at(element: Element): string {
    return `/${[...this.#path, element].map(({ name }) => name).join('/')}`;
  }

  #keepAround(element: Element): void {
    const path = `/${this.#path.map(({ name }) => name).join('/')}`;
    for (const [name, value] of element.attributes) this.#around.set(`${path}/@${name}`, value);
  }

  #recordOf(element: Element): FeedRecord {
    const columns = Object.entries(this.#source.columns).map(
      ([name, column]): [string, readonly string[]] => [name, this.#valuesIn(element, column)],
    );
    return { row: this.count, columns: new Map(columns) };
  }

  #valuesIn(element: Element, column: Column): readonly string[] {
    const repeated = column.in !== undefined ? elementsAt(element, column.in) : undefined;
    if (repeated) return repeated.map((one) => this.#firstOf(one, column.from).join(', '));
    if (column.gather) return column.from.flatMap((path) => this.#valuesAt(element, path));
    return this.#firstOf(element, column.from);
  }

  #firstOf(element: Element, paths: readonly string[]): readonly string[] {
    for (const path of paths) {
      const found = this.#valuesAt(element, path);
      if (found.some((text) => text !== '')) return found;
    }
    return [];
  }

  #valuesAt(element: Element, path: string): readonly string[] {
    if (path.startsWith('/')) {
      const around = this.#around.get(path);
      return around === undefined ? [] : [around];
    }
    const [, under, attribute] = /^(?:(.*?)\/?)@([^/]+)$/.exec(path) ?? [];
    if (attribute === undefined) return elementsAt(element, path).map(({ text }) => text.trim());
    return elementsAt(element, under || '.').map(({ attributes }) => attributes.get(attribute) ?? '');
  }
}

function elementsAt(element: Element, path: string): readonly Element[] {
  if (path === '.') return [element];
  return path
    .split('/')
    .reduce<readonly Element[]>(
      (found, step) => found.flatMap(({ children }) => children.filter(({ name }) => name === step)),
      [element],
    );
}

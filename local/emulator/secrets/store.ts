import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';
import type { SecretSpec } from '../stack/secrets.ts';
import { generatedSecret } from './password.ts';

/** A secret's value, text or bytes; bytes are stored as base64. */
interface SecretValue {
  text?: string;
  binary?: string;
}

const rowSchema = z.object({
  id: z.string(),
  text: z.string().nullable(),
  binary: z.string().nullable(),
  created_at: z.number(),
  stages: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});

export type SecretVersion = z.infer<typeof rowSchema>;

const schema = `
  CREATE TABLE IF NOT EXISTS secret_versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, secret TEXT NOT NULL, id TEXT NOT NULL, text TEXT, binary TEXT,
    created_at INTEGER NOT NULL, stages TEXT NOT NULL, UNIQUE (secret, id)
  ) STRICT;
`;

/** The versions of each secret and their labels, in the journal. */
export class SecretStore {
  readonly specs: SecretSpec[];
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #sql;

  constructor(journal: Journal, clock: Clock, specs: SecretSpec[]) {
    this.specs = specs;
    this.#journal = journal;
    this.#clock = clock;
    journal.run(schema);
    this.#sql = {
      versions: journal.prepare(
        'SELECT id, text, binary, created_at, stages FROM secret_versions WHERE secret = ? ORDER BY seq',
      ),
      insert: journal.prepare(
        'INSERT INTO secret_versions (secret, id, text, binary, created_at, stages) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      label: journal.prepare('UPDATE secret_versions SET stages = ? WHERE secret = ? AND id = ?'),
    };
    for (const spec of specs) this.#create(spec);
  }

  versions({ name }: SecretSpec): SecretVersion[] {
    return parse(z.array(rowSchema), this.#sql.versions.all(name), 'journal');
  }

  withStage(spec: SecretSpec, stage: string): SecretVersion | undefined {
    return this.versions(spec).find(({ stages }) => stages.includes(stage));
  }

  put(spec: SecretSpec, id: string, value: SecretValue, stages: string[]): void {
    this.#journal.durably(() => {
      const at = Math.round(this.#clock.now());
      this.#sql.insert.run(spec.name, id, value.text ?? null, value.binary ?? null, at, '[]');
      for (const stage of stages) this.moveStage(spec, stage, id);
    });
    this.#journal.changed();
  }

  /** A label is on one version at a time. The version that loses AWSCURRENT becomes AWSPREVIOUS. */
  moveStage(spec: SecretSpec, stage: string, to: string | undefined): void {
    this.#journal.durably(() => {
      const from = this.withStage(spec, stage)?.id;
      if (from === to) return;
      this.#setStage(spec, stage, to);
      if (stage === 'AWSCURRENT' && from !== undefined) this.#setStage(spec, 'AWSPREVIOUS', from);
    });
  }

  #setStage(spec: SecretSpec, stage: string, to: string | undefined): void {
    for (const { id, stages } of this.versions(spec)) {
      const others = stages.filter((each) => each !== stage);
      const next = id === to ? [...others, stage] : others;
      if (next.length !== stages.length) this.#sql.label.run(JSON.stringify(next), spec.name, id);
    }
  }

  /** The template's value is used only for a new secret; later ones belong to its owners. */
  #create(spec: SecretSpec): void {
    const text = spec.text ?? (spec.generate && generatedSecret(spec.generate));
    if (text === undefined || this.versions(spec).length > 0) return;
    this.put(spec, randomUUID(), { text }, ['AWSCURRENT']);
  }
}

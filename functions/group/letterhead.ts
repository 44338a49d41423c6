import * as z from 'zod';
import { contrast } from './color.ts';

/** The darkest surface of light mode; WCAG 2 requires a contrast of 4.5:1 for text. */
const SURFACE = '#eef1f4';
const READABLE = 4.5;

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { error: "expected a color such as '#0b5a8a'", abort: true })
  .refine((text) => contrast(text, SURFACE) >= READABLE, {
    error: ({ input }) =>
      `expected a darker color: its contrast with a light background is ${ratio(input)} of ${READABLE}:1`,
    abort: true,
  })
  .meta({ format: 'hex color' });

const ratio = (input: unknown) => `${contrast(String(input), SURFACE).toFixed(1)}:1`;

/** In pixels as displayed: with both sizes known, an email does not jump when its logo loads. */
const logo = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: "expected an address that begins with 'https://'" })
    .max(500)
    .describe('An https address that everybody may read. PNG or JPEG: mail programs show no SVG'),
  width: z.number().int().min(16).max(240).describe('In pixels, as shown; the file may be larger'),
  height: z.number().int().min(16).max(64).describe('In pixels, as shown'),
  alt: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe("Shown until the reader allows pictures, and read aloud. Left out: the store's name"),
});

export const letterhead = z.strictObject({
  color: color
    .optional()
    .describe(
      'Buttons, links and the line at the top of emails and pages, as `#0b5a8a`. Too light a color is refused; for dark mode it is made lighter. Left out: our blue',
    ),
  logo: logo
    .optional()
    .describe("In place of the store's name at the top of emails and pages. Left out: the name"),
});
export type Letterhead = z.infer<typeof letterhead>;

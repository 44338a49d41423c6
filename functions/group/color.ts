/** The contrast ratio of WCAG 2: 1 for equal colors, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Lightens a color until it can be read on a dark background. */
export function lightenedFor(hex: string, background: string, wanted: number): string {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mixedWithWhite(hex, share);
    if (contrast(mixed, background) >= wanted) return mixed;
  }
  return '#ffffff';
}

const mixedWithWhite = (hex: string, share: number): string =>
  `#${channels(hex)
    .map((value) =>
      Math.round(value + (255 - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

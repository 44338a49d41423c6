import type { Command } from 'commander';
import { newCdkCommand } from '../deploy/command.ts';

export const build = (): Command =>
  newCdkCommand('diff', 'Show what a deploy of a dealer group would change');

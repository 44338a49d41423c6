import type { Command } from 'commander';
import { newCdkCommand } from '../deploy/command.ts';

export const build = (): Command =>
  newCdkCommand('deploy', 'Deploy a dealer group to the AWS account and region of the shell');

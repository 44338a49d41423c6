/** How commands are declared, print their help, and end. */
import { Command, CommanderError } from 'commander';
import { complain } from './output.ts';
import { exitCodes, messageOf, Problem, UsageProblem } from './problem.ts';

interface CommandText {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Further text for the command's help. */
  readonly more?: string;
  readonly examples?: readonly string[];
}

const WIDTH = 110;

/** The program's own name does not appear in `npm run <command>`. */
export const PROGRAM = 'handoff';

export function newCommand({ name, summary, more, examples = [] }: CommandText): Command {
  const command = new Command(name);
  return command
    .description(more === undefined ? `${summary}.` : `${summary}.\n\n${more.replaceAll('\n', ' ')}`)
    .summary(summary)
    .helpOption('-h, --help', 'explain this command')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ helpWidth: WIDTH, commandUsage: usageOf })
    .configureOutput({
      outputError: (text) =>
        complain(...errorLines(text), '', `Usage: ${usageOf(command)}`, ...exampleLines(examples)),
    })
    .addHelpText('after', [...exampleLines(examples), '', EXIT_CODES].join('\n'));
}

const EXIT_CODES = 'Exit code: 0 fine, 1 something is wrong or failed, 2 wrong usage.';

const exampleLines = (examples: readonly string[]) =>
  examples.length === 0 ? [] : ['', 'Examples:', ...examples.map((one) => `  ${one}`)];

/** A command as typed: `npm run roster -- import [options] <file>`. */
function usageOf(command: Command): string {
  const [script, ...verbs] = pathOf(command);
  const rest = [...verbs, command.usage()].join(' ');
  return script === undefined ? `npm run ${PROGRAM} -- ${rest}` : `npm run ${script} -- ${rest}`;
}

/** The names that lead to a command, without the program's own. */
export function pathOf(command: Command): string[] {
  const above = command.parent ? pathOf(command.parent) : [];
  return command.name() === PROGRAM ? above : [...above, command.name()];
}

/** Rewrites Commander's errors in the style of our own. */
function errorLines(text: string): string[] {
  const message = text.replace(/^error: /, '').trimEnd();
  const [, missing] = /^missing required argument '(.+)'$/.exec(message) ?? [];
  return missing === undefined
    ? message.split('\n')
    : [`Which ${missing}? Expected it after the command's name.`];
}

/** Ends the command with the message, its usage and its examples. */
export function wrongUsage(command: Command, message: string): never {
  return command.error(message, { exitCode: exitCodes.usage });
}

/** Runs a command and returns its exit code. */
export async function run(command: Command, args: readonly string[]): Promise<number> {
  try {
    command.hook('preAction', (_program, called) => refuseEmpty(called));
    await command.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.fine);
  } catch (error) {
    return ended(error);
  }
}

/** `--deal "$DEAL"` in a script whose variable is not set: an answer to it would look like one about a deal. */
function refuseEmpty(command: Command): void {
  const values: Readonly<Record<string, unknown>> = command.opts();
  const empty = command.options.find((option) => [values[option.attributeName()]].flat().includes(''));
  if (empty) wrongUsage(command, `${empty.long} needs a value, and has an empty one`);
  if (command.args.includes('')) wrongUsage(command, 'An argument is empty');
}

function ended(error: unknown): number {
  if (error instanceof CommanderError) return toldByCommander(error);
  complain(...messageOf(error).split('\n'));
  if (error instanceof Error && process.env['HANDOFF_DEBUG'] !== undefined) complain(...stackOf(error));
  return error instanceof Problem ? error.exitCode : exitCodes.wrong;
}

/** Commander has already printed the message or the help before it throws. */
function toldByCommander({ code, exitCode }: CommanderError): number {
  if (exitCode === exitCodes.fine) return exitCodes.fine;
  if (code === 'commander.help') complain('Which command? Expected one of those above.');
  return exitCodes.usage;
}

const stackOf = ({ stack = '' }: Error) => stack.split('\n').slice(1);

/** Parses an option that takes a number. */
export function wholeNumber(
  option: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new UsageProblem(`${option} takes a whole number ${range}, not '${text}'`);
  };
}

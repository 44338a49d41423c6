/** Completion scripts, generated from the tree of commands. */
import type { Command } from 'commander';

export const shells = ['bash', 'zsh'] as const;
export type Shell = (typeof shells)[number];

/** What may follow a command: its subcommands and its options. */
interface Place {
  /** As typed, with the program's name first: `handoff roster import`. */
  readonly path: string;
  readonly words: readonly string[];
}

export function writeCompletion(program: Command, shell: Shell): string {
  const script = bashScript(placesOf(program, ''));
  // zsh runs bash's completion functions itself.
  return shell === 'bash'
    ? script
    : `#compdef ${program.name()}\nautoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function placesOf(command: Command, above: string): Place[] {
  const path = above === '' ? command.name() : `${above} ${command.name()}`;
  const options = command.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  const words = [
    ...command.commands.map((one) => one.name()),
    ...argumentChoices(command),
    ...options,
    '--help',
  ];
  return [{ path, words }, ...command.commands.flatMap((one) => placesOf(one, path))];
}

const argumentChoices = (command: Command) =>
  command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);

/** Uses the longest path with which the words before the cursor begin. If none fits, files are offered. */
function bashScript(places: readonly Place[]): string {
  return `_handoff() {
  local current="\${COMP_WORDS[COMP_CWORD]}" place="handoff" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$place $word" in
${places
  .slice(1)
  .map(({ path }) => `      "${path}") place="${path}" ;;`)
  .join('\n')}
    esac
  done
  case "$place" in
${places.map(({ path, words }) => `    "${path}") words="${words.join(' ')}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ "\${#COMPREPLY[@]}" -eq 0 ]]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _handoff handoff
`;
}

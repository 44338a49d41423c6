/** For a script without a command's own care: its help text, instead of a stack trace or of work that nobody asked for. */

/** What the arguments say; where they ask for help, or say what the script does not know, that is told and it ends. */
export function orHelp<Read>(help: string, read: () => Read): Read {
  if (process.argv.slice(2).some((one) => one === '--help' || one === '-h')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return read();
  } catch (error) {
    // Nothing of local/ here: the stack is synthesized without it.
    console.error(`${error instanceof Error ? error.message : String(error)}\n${help}`);
    process.exit(2);
  }
}

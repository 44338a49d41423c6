import { run } from './lib/command-line.ts';
/** The command line: `npm run <command> -- ...` is `node bin/handoff.ts <command> ...`. */
import { commandNames, newProgram } from './lib/program.ts';

const args = process.argv.slice(2);
const name = commandNames.find((one) => one === args[0]);
// One command loads only its own modules; the list of commands and the completion need all of them.
const program = await newProgram(name === undefined ? commandNames : [name]);
process.exitCode = await run(program, args);

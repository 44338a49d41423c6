/** For the commands in `bin/`: the emulator's problems are theirs to print. */
export { messageOf, Problem } from './emulator/problem.ts';

/** For the commands in `bin/`, which print the emulator's problems. */
export { messageOf, Problem } from './emulator/problem.ts';

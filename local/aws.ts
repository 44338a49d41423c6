/** For the commands in `bin/`: what an SDK client needs to talk to the local run. */
export { clientOptions } from './emulator/aws.ts';

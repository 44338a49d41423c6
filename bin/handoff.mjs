#!/usr/bin/env node
// Entry of a linked "handoff" command: on an older Node, where TypeScript fails to load, it says what to do.
import './require-node-24.mjs';

await import('./handoff.ts');

import { plusMinutes } from './business-time.ts';
import { type Choice, findChoice, type Move, type Reader } from './choices.ts';
import { clockDeadlines } from './clocks.ts';
import { assign, type Context, log, oweEmail, oweEvent, setDeadline } from './draft.ts';
import { correctCustomer, sendersOf } from './handing-on.ts';

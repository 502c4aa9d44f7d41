/** What is stored stays alive, however the run ends; test/protocol kills the same steps at every call. */
import { it } from 'vitest';
import { interruptEnsure, interruptRotation } from './interrupted-storing.ts';

it('a rotation that is killed while it stores leaves what is stored alive', () =>
  interruptRotation(['killed', 'pair', 'after', 2]));

it('an ensure whose machine is lost while it stores leaves what is stored alive, and the next run stores', () =>
  interruptEnsure(['lost', 'combined', 'before', 2]));

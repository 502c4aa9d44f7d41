import { it } from 'vitest';
import { type End, interruptEnsure, interruptRotation } from './interrupted-storing.ts';

const ENDS = (['killed', 'cancelled', 'lost'] as const).flatMap((how): End[] => [
  [how, 'combined', 'before', 2],
  [how, 'pair', 'after', 2],
  [how, 'several', 'before', 4],
]);

it.each(ENDS)(
  'a rotation that is %s while it stores leaves what is stored alive (%s, %s request %i)',
  (...end) => interruptRotation(end),
);

it.each(ENDS)(
  'an ensure that is %s while it stores leaves what is stored alive, and the next run stores (%s, %s request %i)',
  (...end) => interruptEnsure(end),
);

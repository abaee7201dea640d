import { readFolder } from './labelled.ts';
import { qualityOf } from './quality.ts';
const l = await readFolder('apps/server/sample');
console.log(l.cases.length, l.library.length);
console.table(qualityOf(l));

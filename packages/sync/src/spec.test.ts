import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const RULE = /\b(?:DUR|ACK|RGT|GRD|LIM|BND|CMP|LIF|CLS|STO|BAK|FUZ)-\d+\b/g;
/** In a test's name, "BAK-1..3" stands for three rules. */
const RANGE = /\b([A-Z]{3})-(\d+)\.\.(\d+)\b/g;

function testFiles(): string[] {
  return ['packages', 'apps', 'tests'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(test|contract)\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes('node_modules')),
  );
}

/** Rules that the names of tests give. */
function shownRules(): Set<string> {
  const shown = new Set<string>();
  for (const path of testFiles()) {
    const text = readFileSync(path, 'utf8');
    for (const [rule] of text.matchAll(RULE)) shown.add(rule);
    for (const [, kind, from, to] of text.matchAll(RANGE))
      for (let n = Number(from); n <= Number(to); n += 1) shown.add(`${kind}-${n}`);
  }
  return shown;
}

it('CLS-1 every rule of SPEC.md is shown by a test, and no test names a rule that is not there', () => {
  const spec = readFileSync(join(import.meta.dirname, '../SPEC.md'), 'utf8');
  const rules = new Set([...spec.matchAll(/\*\*([A-Z]{3}-\d+)\*\*/g)].map(([, rule]) => rule ?? ''));
  const shown = shownRules();
  expect([...rules].filter((rule) => !shown.has(rule))).toEqual([]);
  expect([...shown].filter((rule) => !rules.has(rule))).toEqual([]);
});

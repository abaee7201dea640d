import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LinkMaker } from './prov.ts';
import { FACTS, PLACE, sampleFootprint } from './testing.ts';
import { writeFootprint } from './write-footprint.ts';

/** The rules of the submission for what is used here: names in known namespaces, literals, and what each relation needs. */
const literal = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ $: z.string(), type: z.string().optional(), lang: z.string().optional() }),
]);
const attributes = z.record(z.string(), z.union([literal, z.array(literal).min(1)]));
const relation = (...needed: string[]) =>
  z.record(
    z.string(),
    attributes.refine((of) => needed.every((name) => typeof of[name] === 'string'), needed.join()),
  );
const activity = attributes.refine((of) =>
  ['prov:startTime', 'prov:endTime'].every((name) => {
    const at = of[name];
    return at === undefined || z.iso.datetime().safeParse(at).success;
  }),
);
const provJson = z.strictObject({
  prefix: z.record(z.string().regex(/^[a-zA-Z0-9_-]+$/), z.url()),
  entity: z.record(z.string(), attributes),
  activity: z.record(z.string(), activity),
  agent: z.record(z.string(), attributes),
  wasGeneratedBy: relation('prov:entity', 'prov:activity'),
  used: relation('prov:activity', 'prov:entity'),
  wasDerivedFrom: relation('prov:generatedEntity', 'prov:usedEntity'),
  wasAttributedTo: relation('prov:entity', 'prov:agent'),
  wasAssociatedWith: relation('prov:activity', 'prov:agent').optional(),
  wasInfluencedBy: relation('prov:influencee', 'prov:influencer').optional(),
  specializationOf: relation('prov:specificEntity', 'prov:generalEntity'),
  hadMember: relation('prov:collection', 'prov:entity'),
});
type Prov = z.infer<typeof provJson>;

const MAKERS = new Map<string, LinkMaker>([
  ['a/r1/1', { person: { id: 'mei', name: 'Mei Tanaka' }, at: '2026-05-01T10:00:00.000Z' }],
]);

async function prov({ organisation = null as string | null, makers = null as typeof MAKERS | null } = {}) {
  const notes = makers !== null;
  const view = organisation === null ? 'clauses' : 'organisation';
  const request = { view, format: 'prov-json', organisation, notes } as const;
  const file = await writeFootprint(sampleFootprint({ notes }), request, FACTS, { ...PLACE, makers });
  return provJson.parse(JSON.parse(new TextDecoder().decode(file?.bytes)));
}

const REFERENCE = /^([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)$/;
const PLACES = {
  'prov:entity': 'entity',
  'prov:generatedEntity': 'entity',
  'prov:usedEntity': 'entity',
  'prov:specificEntity': 'entity',
  'prov:generalEntity': 'entity',
  'prov:collection': 'entity',
  'prov:influencee': 'entity',
  'prov:influencer': 'entity',
  'prov:activity': 'activity',
  'prov:agent': 'agent',
} as const;

/** Every name is in a namespace that is declared, and every relation is between things that are said. */
function check(document: Prov): void {
  const { prefix, entity, activity: activities, agent, ...relations } = document;
  const known = { entity, activity: activities, agent };
  const names = [...Object.keys(entity), ...Object.keys(activities), ...Object.keys(agent)];
  const all = [...Object.values(known), ...Object.values(relations)].flatMap((kind) =>
    Object.values(kind ?? {}),
  );
  names.push(...all.flatMap((of) => Object.keys(of)));
  for (const of of all)
    for (const value of Object.values(of))
      if (typeof value === 'object' && '$' in value && value.type === 'xsd:QName') names.push(value.$);
  for (const name of names) expect(Object.keys(prefix), name).toContain(REFERENCE.exec(name)?.[1]);
  for (const [kind, statements] of Object.entries(relations))
    for (const of of Object.values(statements ?? {}))
      for (const [place, where] of Object.entries(PLACES)) {
        const target = of[place];
        if (typeof target === 'string') expect(known[where], `${kind} ${place}`).toHaveProperty([target]);
      }
}

describe('PROV-JSON', () => {
  it('keeps the rules of the submission', async () => {
    check(await prov());
    check(await prov({ makers: MAKERS }));
    check(await prov({ organisation: 'Mission of Elsewhere' }));
  });

  it('derives clauses from recommendations, with the relation; what was not followed only influenced', async () => {
    const { wasDerivedFrom, wasInfluencedBy, wasAttributedTo, agent } = await prov();
    const derived = Object.values(wasDerivedFrom);
    expect(derived).toContainEqual(
      expect.objectContaining({
        'prov:generatedEntity': 'clause:a',
        'prov:usedEntity': 'recommendation:r1',
        'zd:relation': 'verbatim',
        'zd:phrase': 'thirty days',
      }),
    );
    expect(derived).toContainEqual(
      expect.objectContaining({
        'prov:generatedEntity': 'recommendation:r1',
        'prov:usedEntity': 'recommendation:old',
        'zd:relation': 'merged-recommendation',
      }),
    );
    expect(Object.values(wasInfluencedBy ?? {})).toMatchObject([
      { 'prov:influencee': 'clause:b', 'prov:influencer': 'recommendation:r3', 'zd:relation': 'contrary' },
    ]);
    const by = Object.values(wasAttributedTo).find((of) => of['prov:entity'] === 'recommendation:r3');
    expect(agent[String(by?.['prov:agent'])]).toMatchObject({ 'prov:label': 'Mission of Elsewhere' });
  });

  it('names persons and notes for the team alone', async () => {
    const persons = (document: Prov) => Object.keys(document.agent).filter((id) => id.startsWith('person:'));
    const [open, team] = [await prov(), await prov({ makers: MAKERS })];
    expect(persons(open)).toEqual([]);
    expect(JSON.stringify(open)).not.toMatch(/Mei|small group|wasAssociatedWith/);
    expect(persons(team)).toEqual(['person:mei']);
    expect(JSON.stringify(team)).toContain('Agreed in the small group.');
    expect(Object.values(team.wasAssociatedWith ?? {})).toHaveLength(1);
  });

  it('of one organisation has its proposals, what they became part of, and the clauses they came to', async () => {
    const { entity, agent } = await prov({ organisation: 'Mission of Elsewhere' });
    const ids = Object.keys(entity).filter((id) => /^(clause|recommendation):/.test(id));
    expect(ids.sort()).toEqual([
      ...['clause:a', 'clause:b', 'clause:c'],
      ...['recommendation:old', 'recommendation:r1', 'recommendation:r3', 'recommendation:r4'],
    ]);
    expect(Object.values(agent).map((of) => of['prov:label'])).not.toContain('Réseau des villes & écoles');
  });
});

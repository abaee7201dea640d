import {
  type Footprint,
  type FootprintRecommendation,
  type OrganisationFootprint,
  RELATION_LABELS,
  type Tie,
  wordingId,
} from '@zerodraft/trace';
import type { ReportFacts } from './report.ts';

/** A literal with its datatype, or a plain one. */
type Value = string | number | boolean | { $: string; type: string };
type Attributes = Record<string, Value>;

/** A document of PROV-JSON, of what is used here. */
export interface ProvDocument {
  prefix: Record<string, string>;
  entity: Record<string, Attributes>;
  activity: Record<string, Attributes>;
  agent: Record<string, Attributes>;
  wasGeneratedBy: Record<string, Attributes>;
  used: Record<string, Attributes>;
  wasDerivedFrom: Record<string, Attributes>;
  wasAttributedTo: Record<string, Attributes>;
  wasAssociatedWith: Record<string, Attributes>;
  wasInfluencedBy: Record<string, Attributes>;
  specializationOf: Record<string, Attributes>;
  hadMember: Record<string, Attributes>;
}

/** Who made a link, when; for the team alone. */
export interface LinkMaker {
  person: { id: string; name: string } | null;
  at: string | null;
}

export interface ProvPlace {
  processId: string;
  draftId: string;
  /** Where the server is reached, without a slash at its end. */
  address: string;
  /** By the links' keys; null when no person is to be named. */
  makers: ReadonlyMap<string, LinkMaker> | null;
}

const NAMESPACE = 'urn:zerodraft:footprint:';

/** A local name that every reader of qualified names takes: of what has other signs, a digest. */
function local(id: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(id) ? id : `x${wordingId(id)}`;
}

const typed = (name: string): Value => ({ $: name, type: 'xsd:QName' });
const time = (at: string): Value => ({ $: at, type: 'xsd:dateTime' });

class Writer {
  readonly document: ProvDocument;
  #relations = 0;

  constructor({ processId, draftId, address }: ProvPlace) {
    const process = `${address}/processes/${encodeURIComponent(processId)}`;
    const draft = `${address}/drafts/${encodeURIComponent(draftId)}`;
    this.document = {
      prefix: {
        prov: 'http://www.w3.org/ns/prov#',
        xsd: 'http://www.w3.org/2001/XMLSchema#',
        zd: NAMESPACE,
        draft: `${address}/drafts/`,
        clause: `${draft}#`,
        recommendation: `${process}/recommendations/`,
        source: `${process}/sources/`,
        version: `${NAMESPACE}version:${local(draftId)}:`,
        link: `${NAMESPACE}link:`,
        activity: `${NAMESPACE}activity:${local(draftId)}:`,
        organisation: `${NAMESPACE}organisation:`,
        person: `${NAMESPACE}person:`,
      },
      ...{ entity: {}, activity: {}, agent: {}, wasGeneratedBy: {}, used: {}, wasDerivedFrom: {} },
      ...{ wasAttributedTo: {}, wasAssociatedWith: {}, wasInfluencedBy: {}, specializationOf: {} },
      hadMember: {},
    };
  }

  /** Says something once; what is known already stays as it is. */
  node(kind: 'entity' | 'activity' | 'agent', id: string, attributes: () => Attributes): string {
    this.document[kind][id] ??= attributes();
    return id;
  }

  relate(
    kind: Exclude<keyof ProvDocument, 'prefix' | 'entity' | 'activity' | 'agent'>,
    of: Attributes,
  ): void {
    this.#relations += 1;
    this.document[kind][`_:r${this.#relations}`] = of;
  }
}

/** Who proposed something. */
function organisation(to: Writer, { source, sourceKind }: FootprintRecommendation): string {
  return to.node('agent', `organisation:${local(`x${wordingId(source)}`)}`, () => ({
    'prov:type': typed('prov:Organization'),
    'prov:label': source,
    ...(sourceKind === '' ? {} : { 'zd:stakeholderKind': sourceKind }),
  }));
}

/** A recommendation, its document, and who made it. */
function recommendation(to: Writer, one: FootprintRecommendation, outcome: string): string {
  const id = `recommendation:${local(one.id)}`;
  if (to.document.entity[id]) return id;
  to.node('entity', id, () => ({
    'prov:type': typed('zd:Recommendation'),
    'prov:label': `${one.reference} ${one.title}`,
    'prov:value': one.text,
    'zd:reference': one.reference,
    'zd:outcome': outcome,
    ...(one.dispositionReason === '' ? {} : { 'zd:reason': one.dispositionReason }),
    ...(one.date === null ? {} : { 'zd:date': { $: one.date, type: 'xsd:date' } }),
  }));
  to.relate('wasAttributedTo', { 'prov:entity': id, 'prov:agent': organisation(to, one) });
  const name = one.sourceId ?? (one.document === '' ? null : `x${wordingId(one.document)}`);
  if (name === null) return id;
  const source = to.node('entity', `source:${local(name)}`, () => ({
    'prov:type': typed('zd:Source'),
    ...(one.document === '' ? {} : { 'prov:label': one.document }),
  }));
  to.relate('wasDerivedFrom', {
    'prov:generatedEntity': id,
    'prov:usedEntity': source,
    'prov:type': typed('prov:PrimarySource'),
    ...(one.locator === '' ? {} : { 'zd:locator': one.locator }),
  });
  return id;
}

/** A link: what came of which recommendation, how, and in which piece of work. */
function link(to: Writer, tie: Tie, drafting: string, makers: ProvPlace['makers']): void {
  const { clause, recommendation: from, relation, phrase, passage, note } = tie;
  const [made, used] = [`clause:${local(clause.id)}`, `recommendation:${local(from.id)}`];
  const how = {
    'zd:relation': relation,
    'prov:label': RELATION_LABELS[relation],
    ...(phrase === null ? {} : { 'zd:phrase': phrase }),
    ...(passage === null ? {} : { 'zd:passage': passage }),
    ...(note === '' ? {} : { 'zd:note': note }),
  };
  // What was considered and not followed influenced the clause, which does not derive from it.
  if (relation === 'contrary')
    to.relate('wasInfluencedBy', { 'prov:influencee': made, 'prov:influencer': used, ...how });
  else
    to.relate('wasDerivedFrom', {
      'prov:generatedEntity': made,
      'prov:usedEntity': used,
      'prov:activity': drafting,
      ...how,
    });
  const id = to.node(
    'entity',
    `link:${local(`x${wordingId(`${tie.key} ${clause.id} ${from.id}`)}`)}`,
    () => ({
      'prov:type': typed('zd:Link'),
      'zd:clause': typed(made),
      'zd:recommendation': typed(used),
      'zd:relation': relation,
    }),
  );
  const maker = makers?.get(tie.key);
  if (!maker) {
    const linking = to.node('activity', 'activity:linking', () => ({ 'prov:type': typed('zd:Linking') }));
    to.relate('wasGeneratedBy', { 'prov:entity': id, 'prov:activity': linking });
    return;
  }
  const { person, at } = maker;
  const linking = to.node('activity', `activity:linking-${id.slice('link:'.length)}`, () => ({
    'prov:type': typed('zd:Linking'),
    ...(at === null ? {} : { 'prov:endTime': at }),
  }));
  to.relate('wasGeneratedBy', {
    'prov:entity': id,
    'prov:activity': linking,
    ...(at === null ? {} : { 'prov:time': at }),
  });
  if (person === null) return;
  const agent = to.node('agent', `person:${local(person.id)}`, () => ({
    'prov:type': typed('prov:Person'),
    'prov:label': person.name,
  }));
  to.relate('wasAssociatedWith', { 'prov:activity': linking, 'prov:agent': agent });
  to.relate('wasAttributedTo', { 'prov:entity': id, 'prov:agent': agent });
}

/**
 * A footprint as PROV-JSON (W3C submission of 24 April 2013); `docs/prov.md` says what stands for what.
 * @param only one organisation: its proposals, and the clauses they came to
 */
export function footprintProv(
  { byClause, byRecommendation }: Footprint,
  facts: ReportFacts,
  place: ProvPlace,
  only: OrganisationFootprint | null,
): ProvDocument {
  const to = new Writer(place);
  const own = only && new Set(only.proposals.map(({ recommendation: { id } }) => id));
  // Of a proposal that was merged into another's, also the one that it became part of.
  const entries = byRecommendation.filter(
    (entry) => !own || own.has(entry.recommendation.id) || entry.merged.some(({ id }) => own.has(id)),
  );
  const draft = to.node('entity', `draft:${local(place.draftId)}`, () => ({
    'prov:type': typed('zd:Draft'),
    'prov:label': facts.draft,
    'zd:process': facts.process,
    'zd:illustrative': facts.illustrative,
  }));
  const version = to.node('entity', `version:${facts.at.replace(/[^0-9TZ]/g, '')}`, () => ({
    'prov:type': typed('prov:Collection'),
    'prov:label': `${facts.draft}, ${facts.version ?? facts.at}`,
    'zd:at': time(facts.at),
    ...(facts.version === null ? {} : { 'zd:version': facts.version }),
  }));
  to.relate('specializationOf', { 'prov:specificEntity': version, 'prov:generalEntity': draft });
  const drafting = to.node('activity', 'activity:drafting', () => ({ 'prov:type': typed('zd:Drafting') }));
  to.relate('wasGeneratedBy', { 'prov:entity': version, 'prov:activity': drafting, 'prov:time': facts.at });

  for (const { recommendation: one, outcome, merged } of entries) {
    const id = recommendation(to, one, outcome);
    if (merged.length === 0) continue;
    for (const part of merged.filter((candidate) => !own || own.has(candidate.id) || own.has(one.id)))
      to.relate('wasDerivedFrom', {
        'prov:generatedEntity': id,
        'prov:usedEntity': recommendation(to, part, outcome),
        'zd:relation': 'merged-recommendation',
      });
  }
  const shown = new Set(entries.map(({ recommendation: { id } }) => id));
  for (const { clause, sources, contrary } of byClause) {
    const ties = [...sources, ...contrary].filter((tie) => shown.has(tie.recommendation.id));
    if (own && ties.length === 0) continue;
    const id = to.node('entity', `clause:${local(clause.id)}`, () => ({
      'prov:type': typed('zd:Clause'),
      'prov:label': clause.citation,
      'prov:value': clause.text,
      ...(clause.section === '' ? {} : { 'zd:section': clause.section }),
    }));
    to.relate('hadMember', { 'prov:collection': version, 'prov:entity': id });
    to.relate('wasGeneratedBy', { 'prov:entity': id, 'prov:activity': drafting });
    for (const tie of ties) link(to, tie, drafting, place.makers);
  }
  for (const { recommendation: one, clauses } of entries)
    if (clauses.length > 0)
      to.relate('used', { 'prov:activity': drafting, 'prov:entity': `recommendation:${local(one.id)}` });
  return to.document;
}

/** A document of PROV-JSON as a file; kinds of statement of which there is none are left out. */
export function writeProv(document: ProvDocument): Uint8Array {
  const said = Object.entries(document).filter(([, statements]) => Object.keys(statements).length > 0);
  return new TextEncoder().encode(`${JSON.stringify(Object.fromEntries(said), null, 1)}\n`);
}

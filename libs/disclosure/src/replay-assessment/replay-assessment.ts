import type { Assessment } from '#assessment';
import { sameData, type DisclosureAssessed, type DisclosureRecorded, type Intended } from '#person';
import { assessedDuties, assessedPoints, judgeIntention, type IntendedFacts } from '../intended.js';
import type { ActivePerson } from '#person';

/** An act as it was recorded, and what was kept of the assessment that let it pass. */
export interface KeptAct {
  readonly act: DisclosureRecorded['data'];
  readonly effectiveAt: Intended['effectiveAt'];
  readonly kept: DisclosureAssessed['data'];
}

/** One thing that the record and the assessment computed again say differently. */
export interface Difference {
  readonly what: 'catalogue' | 'verdict' | 'point' | 'duties';
  /** Of a point: which. */
  readonly point?: number;
  readonly recorded: unknown;
  readonly again: unknown;
}

export interface Replay {
  readonly again: Assessment;
  /** Empty: they agree. */
  readonly differences: readonly Difference[];
}

/**
 * Asks the nine points of a recorded act once more, of the person and the surroundings as they were known then.
 * @param person at the revision that was judged
 * @param facts of that moment: what the act cites, the catalogue version that it used, the hour of the assessment
 */
export function replayAssessment(person: ActivePerson, recorded: KeptAct, facts: IntendedFacts): Replay {
  const replays = asMeant(recorded).map((intended): Replay => {
    const { assessment } = judgeIntention(person, intended, facts);
    return { again: assessment, differences: differencesOf(recorded.kept, assessment) };
  });
  return replays.find(({ differences }) => differences.length === 0) ?? replays[0]!;
}

/** The last day in an act was named by its discloser, or filled in by the assessment: the record does not say which. */
function asMeant({ act, effectiveAt, kept }: KeptAct): readonly Intended[] {
  const { basis, cites: _, ...said } = act;
  const { retainUntil: __, ...open } = said;
  const { declared, consents } = kept;
  return [said, open].map((meant) => ({
    act: meant,
    declared,
    effectiveAt,
    ...(basis.provision ? { provision: basis.provision } : {}),
    ...(consents ? { consents } : {}),
  }));
}

function differencesOf(kept: DisclosureAssessed['data'], again: Assessment): readonly Difference[] {
  const { used, verdict } = again;
  const points = assessedPoints(again.points);
  return [
    ...differing('catalogue', kept.catalogueDigest, used.catalogueDigest),
    ...differing('verdict', kept.verdict, verdict),
    ...points.flatMap((one, i) =>
      differing('point', kept.points[i], one).map((found) => ({ ...found, point: one.point })),
    ),
    ...differing('duties', kept.duties, assessedDuties(again.duties)),
  ];
}

function differing(what: Difference['what'], recorded: unknown, again: unknown): readonly Difference[] {
  return sameData(recorded, again) ? [] : [{ what, recorded, again }];
}

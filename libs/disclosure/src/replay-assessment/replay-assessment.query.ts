import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Catalogues, versionNamed } from '#catalogue';
import type { Actor, Recorded } from '#decider';
import { Directory } from '#directory';
import { asOf, type Streams } from '#event-store';
import { notFound, Recorder } from '#http';
import {
  consulting,
  isPlaced,
  personFold,
  personStream,
  type Act,
  type ActivePerson,
  type DisclosureAssessed,
  type DisclosureId,
  type DisclosureRecorded,
  type PersonId,
  type ReasonRequest,
} from '#person';
import { Intentions } from '../intention.query.js';
import { replayAssessment, type KeptAct, type Replay } from './replay-assessment.js';

export class ReplayAssessmentQuery {
  constructor(
    readonly person: PersonId,
    readonly disclosure: DisclosureId,
    readonly asked: ReasonRequest,
    readonly caller: Actor,
  ) {}
}

export interface ReplayedAssessment {
  readonly kept: DisclosureAssessed['data'];
  readonly replay: Replay;
  /** Of the person's stream, and of the ledger, that the answer is about. */
  readonly revision: number;
  readonly position: number;
}

type Assessed = Act & { readonly assessed: NonNullable<Act['assessed']> };

/** An old assessment, computed again with the version that it used from the ledger as it was known then. */
@QueryHandler(ReplayAssessmentQuery)
export class ReplayAssessmentHandler implements IQueryHandler<ReplayAssessmentQuery> {
  constructor(
    private readonly recorder: Recorder,
    private readonly catalogues: Catalogues,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
  ) {}

  /** @throws Problem 404 for whoever may not see the assessment: only the discloser's side does */
  async execute({ person, disclosure, asked, caller }: ReplayAssessmentQuery): Promise<ReplayedAssessment> {
    const { ledger } = this.recorder;
    const { state, revision, position } = await ledger.load(personStream(person), personFold);
    const isHere = state.status === 'active' && !state.erasureRequested;
    const act = isHere ? state.acts.get(disclosure) : undefined;
    if (!isReplayable(act) || !(await this.isOfSide(act, caller))) throw notFound();
    await consulting(ledger, caller, person, asked, { question: 'assessment', about: disclosure })();
    const recorded = await this.recorded(person, act);
    return { kept: recorded.kept, replay: await this.replay(person, recorded), revision, position };
  }

  /** As the timeline shows it: to programs and to the institution of whoever recorded it. */
  private async isOfSide({ assessed: { origin } }: Assessed, caller: Actor): Promise<boolean> {
    if (caller.kind === 'client') return true;
    const [theirs, own] = await Promise.all(
      [origin.actor, caller].map(({ kind, id }) =>
        kind === 'mandate' ? this.directory.institutionOf(id) : undefined,
      ),
    );
    return theirs !== undefined && theirs === own;
  }

  /** Both events of the one append, as they were written: the state has what was corrected since. */
  private async recorded(person: PersonId, { assessed }: Assessed): Promise<Judged> {
    const { store, codec } = this.recorder.ledger;
    const stored = await store.read(personStream(person), assessed.origin.revision - 1, 2);
    const [act, kept] = (await codec.open(stored)) as [
      Recorded<DisclosureRecorded>,
      Recorded<DisclosureAssessed>,
    ];
    return { act: act.data, effectiveAt: act.effectiveAt, kept: kept.data, by: kept.actor };
  }

  private async replay(person: PersonId, recorded: Judged): Promise<Replay> {
    const { act, kept, by } = recorded;
    const revision = kept.personRevision;
    const cites = [...act.cites, ...(kept.cites ?? []), { stream: personStream(person), revision }];
    const past = asOf(this.recorder.ledger, new Map(cites.map((cited) => [cited.stream, cited.revision])));
    const state = await personIn(past, person);
    const { catalogue } = versionNamed(await this.catalogues.published(), kept.catalogueVersion)!;
    const facts = await this.intentions
      .asOf(past)
      .factsOf(recorded, state, { now: kept.assessedAt, catalogue, revision, caller: by });
    return replayAssessment(state, recorded, facts);
  }
}

type Judged = KeptAct & { readonly by: Actor };

/** What was decided within a deferral stands on the deferral's stream, of which the person's keeps no state of its own. */
function isReplayable(act: Act | undefined): act is Assessed {
  return act?.assessed !== undefined && !isPlaced(act.assessed.origin);
}

async function personIn(past: Streams, person: PersonId): Promise<ActivePerson> {
  const { state } = await past.load(personStream(person), personFold);
  if (state.status !== 'active') throw new Error('A recorded act was judged of a person who was there.');
  return state;
}

import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Catalogue } from '#catalogue';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import {
  notFound,
  PersonDesk,
  resolveRecipient,
  resolveRecipients,
  type ConsentId,
  type DisclosureCorrected,
  type Explained,
  type PersonId,
  type ProvisionCode,
  type RecipientRequest,
  type Resolved,
} from '#person';
import { basisOf } from '../basis.js';
import { Intentions } from '../intention.query.js';
import { recordedAt } from '../recorded-at.js';
import { correctDisclosure, type Corrections } from './correct-disclosure.js';

type Changes = DisclosureCorrected['data']['changes'];

/** Changes as they were asked for, before the parties are looked up. A basis is replaced as a whole. */
export interface ChangesWish {
  readonly discloser?: RecipientRequest;
  readonly recipients?: readonly RecipientRequest[];
  readonly provision?: ProvisionCode;
  readonly consents?: readonly ConsentId[];
  readonly said: Omit<Changes, 'discloser' | 'recipients' | 'basis'>;
}

export interface CorrectionWish extends Omit<Corrections, 'changes'> {
  readonly changes: ChangesWish;
  /** What is said anew of what stands beside the act. */
  readonly explained: Explained;
}

export class CorrectDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: CorrectionWish,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(CorrectDisclosureCommand)
export class CorrectDisclosureHandler implements ICommandHandler<CorrectDisclosureCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
  ) {}

  execute({ person, wish, request }: CorrectDisclosureCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const changes = await this.changesOf(wish.changes, facts.catalogue);
      if (changes.kind === 'rejected') return changes;
      const { explained, ...said } = wish;
      const correction = { ...said, changes: changes.value };
      const recorded = await recordedAt(this.directory, state, wish.disclosure);
      const act = state.acts.get(wish.disclosure);
      if (!act) return notFound('disclosure');
      const { actEffectiveAt: effectiveAt = act.effectiveAt } = wish;
      const past = await this.intentions.factsThen({ ...act, ...changes.value, effectiveAt }, state, facts);
      return correctDisclosure(state, { correction, explained, ...recorded }, past);
    });
  }

  private async changesOf(
    { discloser, recipients, provision, consents, said }: ChangesWish,
    catalogue: Catalogue,
  ): Promise<Resolved<Changes>> {
    const from = discloser && (await resolveRecipient(this.directory, 'changes.discloser', discloser));
    if (from?.kind === 'rejected') return from;
    const to = recipients && (await resolveRecipients(this.directory, 'changes.recipients', recipients));
    if (to?.kind === 'rejected') return to;
    const hasBasis = provision !== undefined || consents !== undefined;
    const value = {
      ...said,
      ...(from ? { discloser: from.value } : {}),
      ...(to ? { recipients: to.value } : {}),
      ...(hasBasis ? { basis: basisOf(catalogue, provision, consents ?? []) } : {}),
    };
    return { kind: 'resolved', value };
  }
}

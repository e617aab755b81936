import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, resolveHolder, type PersonId, type PurgeAttested, type RecipientRequest } from '#person';
import { attestPurge } from './attest-purge.js';

export interface Attestation extends Omit<PurgeAttested['data'], 'holder'> {
  /** Left out: the caller's mandate. */
  readonly holder?: RecipientRequest;
  readonly effectiveAt?: Effective;
}

export class AttestPurgeCommand {
  constructor(
    readonly person: PersonId,
    readonly attestation: Attestation,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AttestPurgeCommand)
export class AttestPurgeHandler implements ICommandHandler<AttestPurgeCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, attestation, request }: AttestPurgeCommand) {
    return this.desk.decideWhileErasing(person, request, async (state, facts) => {
      const { holder: named, effectiveAt, ...said } = attestation;
      const holder = await resolveHolder(this.directory, facts.caller, 'holder', named);
      if (holder.kind === 'rejected') return holder;
      return attestPurge(state, { purge: { ...said, holder: holder.value }, effectiveAt }, facts);
    });
  }
}

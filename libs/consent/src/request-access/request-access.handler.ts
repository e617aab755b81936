import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory, unknownReference, type InstitutionId } from '#directory';
import { Recorder, type CommandRequest } from '#http';
import { PersonDesk, type AccessRequested, type PersonId } from '#person';
import { requestAccess } from './request-access.js';

export interface AccessAsked extends Pick<AccessRequested['data'], 'by' | 'means'> {
  /** Left out: the caller's. */
  readonly institution?: string;
  readonly effectiveAt?: Effective;
}

export class RequestAccessCommand {
  constructor(
    readonly person: PersonId,
    readonly said: AccessAsked,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RequestAccessCommand)
export class RequestAccessHandler implements ICommandHandler<RequestAccessCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
    private readonly recorder: Recorder,
  ) {}

  async execute({ person, said, request }: RequestAccessCommand) {
    const id = await this.recorder.idFor<'AccessRequest'>(request, `${person} access-request`);
    return this.desk.decide(person, request, async (state, facts) => {
      const { by, means, effectiveAt } = said;
      const institution = await this.known(said.institution ?? facts.callerInstitution);
      if (!institution)
        return unknownReference('institution', 'institution of this ledger: name the one asked');
      const asked = { request: id, by, means, institution };
      return requestAccess(state, { asked, ...(effectiveAt ? { effectiveAt } : {}) }, facts);
    });
  }

  private async known(id: string | undefined): Promise<InstitutionId | undefined> {
    if (id === undefined) return undefined;
    const institution = asId<'Institution'>(id);
    return (await this.directory.institution(institution)) ? institution : undefined;
  }
}

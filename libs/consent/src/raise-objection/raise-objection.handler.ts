import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, resolveScope, type ObjectionData, type PersonId, type ScopeRequest } from '#person';
import { raiseObjection } from './raise-objection.js';

/** The objection as it was said, before its recipients are looked up. */
export interface ObjectionSaid {
  readonly scope: ScopeRequest;
  readonly word: Pick<ObjectionData, 'by' | 'means' | 'ground'>;
  readonly effectiveAt?: Effective;
}

export class RaiseObjectionCommand {
  constructor(
    readonly person: PersonId,
    readonly said: ObjectionSaid,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RaiseObjectionCommand)
export class RaiseObjectionHandler implements ICommandHandler<RaiseObjectionCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, said, request }: RaiseObjectionCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const scope = await resolveScope(this.directory, '', said.scope);
      if (scope.kind === 'rejected') return scope;
      const objection = { ...scope.value, ...said.word, objection: asId<'Objection'>(randomUUID()) };
      return raiseObjection(state, { objection, effectiveAt: said.effectiveAt }, facts);
    });
  }
}

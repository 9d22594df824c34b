// The rules of the order desk: set, and asked for.
import { Fault, type Envelope } from "@gendan/eventing";
import { commandId, parseInput, type Payload } from "@gendan/service-kit";
import { Args, Context as Ctx, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { z } from "zod";
import type { RuleKind } from "../domain/rules/rule-kinds.js";
import type { SetRules } from "../domain/rules/rules.decider.js";
import type { RulesDocument, RulesVersion } from "../read/rules.projection.js";
import { ruleDefaults, ruleKinds, rulesId } from "../write/rule-book.js";
import { asked, carryOut, type Context } from "./carry-out.js";
import { Desk } from "./desk.js";
import { meant, reason } from "./order.inputs.js";
import { ruleSchemas } from "./rule-schemas.js";
import { tellOfRules as tell } from "./rules.messages.js";
import { actorName } from "./words.js";

const setOrderRulesInput = z.object({
  ...meant,
  commandId,
  kind: z.enum(ruleKinds),
  rules: z.unknown(),
  expectedVersion: z.int().min(0).exactOptional(),
  reason: reason.exactOptional(),
});

@Resolver("SetOrderRulesPayload")
export class RulesResolver {
  constructor(private readonly desk: Desk) {}

  @Mutation()
  setOrderRules(@Args("input") input: unknown, @Ctx() context: Context): Promise<Payload> {
    const act = (given: z.output<typeof setOrderRulesInput>, envelope: Envelope) => {
      const { kind, rules, ...more } = asked(given);
      const { rules: checked } = parseInput(z.object({ rules: ruleSchemas[kind] as z.ZodType<object> }), { rules });
      const command: SetRules = { type: "SetRules", kind, rules: checked, ...more };
      return this.desk.parts.rulesCommands.handle(rulesId(kind), command, envelope);
    };
    return carryOut(context, input, { kind: "decision", schema: setOrderRulesInput, act, tell });
  }

  @Query()
  async orderRules(@Args("kind") kind: string, @Args("version") version?: number | null): Promise<object | null> {
    if (!ruleKinds.includes(kind as RuleKind)) {
      throw new Fault("BAD_USER_INPUT", `kind: one of ${ruleKinds.join(", ")}, not "${kind}".`, { field: "kind" });
    }
    const id = rulesId(kind as RuleKind);
    const doc = (await this.desk.parts.rulesDocuments.getMany<RulesDocument>("rules", [id])).get(id)?.doc;
    return told(kind as RuleKind, doc?.versions ?? [], version ?? undefined);
  }

  @Query()
  async allOrderRules(): Promise<readonly object[]> {
    const found = await this.desk.parts.rulesDocuments.getMany<RulesDocument>("rules", ruleKinds.map(rulesId));
    return ruleKinds.map((kind) => told(kind, found.get(rulesId(kind))?.doc.versions ?? [], undefined)!);
  }

  /** As the command of the payload has set them. */
  @ResolveField("orderRules")
  async rulesOfPayload({ id, revision }: Payload): Promise<object | null> {
    return id === null || revision === null ? null : this.at(id, Number(revision));
  }

  private async at(id: string, revision: number): Promise<object | null> {
    const doc = (await this.desk.parts.rulesDocuments.at<RulesDocument>("rules", id, revision))?.doc;
    return doc ? told(doc.kind, doc.versions, undefined) : null;
  }
}

function told(kind: RuleKind, versions: readonly RulesVersion[], asked: number | undefined): object | null {
  const defaults = { kind, version: 0, rules: ruleDefaults[kind] };
  if (asked === 0) return defaults;
  const version = asked === undefined ? versions.at(-1) : versions.find((each) => each.version === asked);
  if (version) return { kind, ...version, setBy: actorName(version.setBy) };
  return asked === undefined ? defaults : null;
}

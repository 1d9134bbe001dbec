/** Routing's words and pure decisions. Also runs in the browser, where leads ask what would be if. */
export { barrierOf, isMember, route, whoFor } from './decide.ts'
export { gatherNeeds, inOrder, languageSkillKey, needsAfter, roomFor, takeBy, weightOf } from './order.ts'
export {
  choices, GONE_AFTER_MS, goneWhy, modes, needSources, obstacles, patienceStandard, pulled, requeueReasons, rulesStandard, takeBacks, type CandidateAgent, type Choice, type Decision, type Holder, type Mode,
  type NeedSource, type Obstacle, type Others, type QueueRouting, type Ranked, type Reasons, type RequeueReason, type RoutingRules, type RoutingSettings, type SkillNeed, type TakeBack, type WaitingCase,
} from './words.ts'

/** Routing's words and pure decisions. Also runs in the browser, where leads ask what would be if. */
export { barrierOf, route, whoFor } from './decide.ts'
export { gatherNeeds, inOrder, needsAfter, roomFor, takeBy, weightOf } from './order.ts'
export {
  choices, modes, needSources, obstacles, patienceStandard, pulled, takeBacks, type CandidateAgent, type Choice, type Decision, type Mode, type NeedSource, type Obstacle, type Others, type QueueRouting,
  type Ranked, type Reasons, type RoutingSettings, type SkillNeed, type TakeBack, type WaitingCase,
} from './words.ts'

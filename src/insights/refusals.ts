import { refusals } from '#platform'

export const refuse = refusals({
  'measure.notFound': [404, 'There is no such measure'],
  'measure.dimension': [422, 'This measure cannot be told apart by that'],
  'measure.range': [422, 'The period must begin before it ends, and not be longer than five years'],
  'measure.agents': [403, 'Figures of single people are for leads and administrators'],
  'measure.cases': [403, 'Your role may see the figures, not the cases behind them'],
})

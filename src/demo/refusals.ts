import { refusals } from '#platform'

export const refuse = refusals({
  'demo.absent': [404, 'The sample centre is not here'],
  'demo.busy': [409, 'The sample centre is being loaded or removed already'],
})

import { platformUi, startWeb } from '#web'
import { channelsUi } from './channels/ui/index.tsx'
import { peopleUi } from './people/ui/index.tsx'

/** The browser's entry: every room that has screens, one line each. */
startWeb([peopleUi, channelsUi, platformUi])

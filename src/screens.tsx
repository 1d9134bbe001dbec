import { platformUi, startWeb } from '#web'
import { accountsUi } from './accounts/ui/index.tsx'
import { channelsUi } from './channels/ui/index.tsx'
import { demoUi } from './demo/ui/index.tsx'
import { deskUi } from './desk/ui/index.tsx'
import { insightsUi } from './insights/ui/index.tsx'
import { peopleUi } from './people/ui/index.tsx'

/** The browser's entry: every room that has screens, one line each. */
startWeb([deskUi, accountsUi, peopleUi, channelsUi, insightsUi, platformUi, demoUi])

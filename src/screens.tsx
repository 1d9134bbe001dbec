import { platformUi, startWeb } from '#web'

/** The browser's entry: every room that has screens, one line each. */
startWeb([platformUi])

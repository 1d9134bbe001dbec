/** Style sheets are gathered by the bundler; they give the program nothing. */
declare module '*.css'

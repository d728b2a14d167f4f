// Where the results of the command that is offered are kept.

/** In the folder of the package. The folder holds a .gitignore that hides it. */
export const resultsFile = '.offline-storage/test-results.json'

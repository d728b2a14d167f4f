export const keys = {
  theme: 'theme',
  sendReports: 'send-reports',
  recentSearches: 'recent-searches',
  launches: 'launches',
} as const

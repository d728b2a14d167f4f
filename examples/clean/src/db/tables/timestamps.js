export const timestamps = [
  { name: 'created_at', type: 'number' },
  { name: 'updated_at', type: 'number' },
]

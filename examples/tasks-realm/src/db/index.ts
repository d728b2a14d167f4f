import { createRealmContext } from '@realm/react'
import { config } from './config'

export const { RealmProvider, useRealm, useQuery, useObject } = createRealmContext(config)

import Realm from 'realm'

const app = new Realm.App({ id: 'tasks-abcde' })

export const signIn = (email: string, password: string) =>
  app.logIn(Realm.Credentials.emailPassword(email, password))

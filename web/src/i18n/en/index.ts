import accounts from './accounts.ts'
import common from './common.ts'
import inbox from './inbox.ts'
import lobby from './lobby.ts'
import people from './people.ts'
import presence from './presence.ts'
import record from './record.ts'
import room from './room.ts'
import security from './security.ts'
import settings from './settings.ts'
import stage from './stage.ts'
import study from './study.ts'

/** All texts of this language; a feature adds its file here and in the other language. */
export default { accounts, common, inbox, lobby, people, presence, record, room, security, settings, stage, study }

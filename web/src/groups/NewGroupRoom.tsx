import { Button, Group, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { limits } from '#schemas/limits.ts'
import { useGroupAct } from './useGroups.ts'

type NewGroupRoomProps = { readonly group: string; readonly name?: string; readonly submit: string }

/** Opens a room of the group, for those who may; `name` is what it is called unless they say otherwise. */
export function NewGroupRoom({ group, name: suggested = '', submit }: NewGroupRoomProps) {
  const { t } = useTranslation('groups')
  const act = useGroupAct()
  const [name, setName] = useState(suggested)
  const create = async () => {
    if (await act('POST', `/${group}/rooms`, { name })) setName('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <Group align="flex-end">
        <TextInput
          style={{ flex: 1, minWidth: 180 }}
          size="md"
          label={t('newRoom')}
          placeholder={t('name')}
          maxLength={limits.roomName.max}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="md"
          leftSection={<IconPlus size={18} />}
          disabled={name.trim().length < limits.roomName.min}
        >
          {submit}
        </Button>
      </Group>
    </form>
  )
}

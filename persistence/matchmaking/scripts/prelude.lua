-- Before every script of this folder.

-- Who has a place's listing: 'mine', 'theirs' or 'none'. An epoch of '' is a room that claims no place, of its process alone.
local function holder(listing, epoch, process)
  local kept = redis.call('HMGET', listing, 'epoch', 'process')
  if not kept[2] then return 'none' end
  if kept[1] == epoch and kept[2] == process then return 'mine' end
  return 'theirs'
end

-- Does the ledger say that the place is claimed under this epoch? Rooms without an epoch claim nothing.
local function owns(record, epoch)
  if epoch == '' then return true end
  local claim = redis.call('HMGET', record, 'epoch', 'owner')
  return claim[1] == epoch and claim[2] ~= false
end

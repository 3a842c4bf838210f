-- KEYS rec, tail, snapshot, removed    ARGV epoch
local r = redis.call('HMGET', KEYS[1], 'epoch', 'ended', 'head', 'confirmed', 'owner', 'stamp')
-- Nothing is there: a repeat, whose first answer may have been lost.
if not r[1] then return {'ended'} end
if r[1] ~= ARGV[1] then return {'stale'} end
if not r[2] then
  redis.call('DEL', KEYS[3], KEYS[4])
  if tonumber(r[4]) >= tonumber(r[3]) then redis.call('DEL', KEYS[1], KEYS[2])
  else
    redis.call('HSET', KEYS[1], 'ended', 1)
    redis.call('HDEL', KEYS[1], 'owner', 'stamp', 'batch')
  end
end
return {'ended', r[5] or '', r[6] or ''}

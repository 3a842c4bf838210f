-- KEYS rec, tail, snapshot
-- ARGV node, epoch, stamp, until (this server's ms to which owners may put places back; 0: no more), confirmed, from,
--      snapshot's version, snapshot ('': none), touched at, bodies...
local r = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'ended', 'head', 'confirmed', 'kind')
local known, epoch = tonumber(r[1] or 0), tonumber(ARGV[2])
if r[6] == 'conversation' then return {'conversation'} end
if known > epoch or r[3] then return {'stale', known} end
if known < epoch and millis() > tonumber(ARGV[4]) then return {'stale', known} end
if known == epoch and r[2] ~= ARGV[1] then return {'stale', known} end
local from = tonumber(ARGV[6])
local version = from + #ARGV - 9
-- The owner's ledger has it all already: nothing to put back.
if known == epoch and tonumber(r[4]) >= version then return {'ok', tonumber(r[4]), tonumber(r[5])} end
if millis() > tonumber(ARGV[9]) + TOUCH_HOLDS then return {'touch'} end
redis.call('DEL', KEYS[2])
put(KEYS[2], ARGV[2], 10)
if ARGV[8] == '' then redis.call('DEL', KEYS[3]) else redis.call('SET', KEYS[3], ARGV[8]) end
local confirmed = math.max(tonumber(ARGV[5]), math.min(tonumber(r[5] or 0), version))
redis.call('HSET', KEYS[1], 'kind', 'place', 'epoch', ARGV[2], 'owner', ARGV[1], 'stamp', ARGV[3], 'head', whole(version),
  'confirmed', whole(confirmed), 'snap', ARGV[7], 'cut', ARGV[6])
redis.call('HDEL', KEYS[1], 'batch')
return {'ok', version, confirmed}

-- The second half of a claim, where the place is.
-- KEYS rec, tail, snapshot    ARGV node, now, raw (when the first half ran), stamp, owner known to be dead or ''
-- Long after its first half a claim would escape the lists of what a dead node left behind.
if millis() > tonumber(ARGV[3]) + 5000 then return {'late'} end
local r = redis.call('HMGET', KEYS[1], 'kind', 'head', 'confirmed', 'epoch', 'owner', 'ended', 'snap', 'cut')
if r[1] == 'conversation' then return {'conversation'} end
if r[5] and r[5] ~= ARGV[1] and r[5] ~= ARGV[5] then return {'owned', r[5]} end
local epoch = math.max(tonumber(r[4] or 0) + 1, tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], 'epoch', whole(epoch), 'owner', ARGV[1], 'stamp', ARGV[4])
redis.call('HDEL', KEYS[1], 'batch')
if not r[1] then redis.call('HSET', KEYS[1], 'kind', 'place', 'head', 0, 'confirmed', 0, 'snap', 0, 'cut', 0) end
-- An ended place whose tail still waits to be published is, to all others, one that has never been.
if not r[1] or r[6] then return {'claimed', epoch, 0, 0, 0, false, {}} end
local events = redis.call('LRANGE', KEYS[2], tonumber(r[7]) - tonumber(r[8]), -1)
return {'claimed', epoch, tonumber(r[2]), tonumber(r[3]), tonumber(r[7]), redis.call('GET', KEYS[3]), events}

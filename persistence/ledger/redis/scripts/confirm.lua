-- KEYS rec, tail, snapshot    ARGV number
local r = redis.call('HMGET', KEYS[1], 'kind', 'head', 'confirmed', 'ended', 'snap', 'cut')
if not r[1] then return 0 end
local head, before = tonumber(r[2]), tonumber(r[3])
local confirmed = math.max(before, math.min(tonumber(ARGV[1]), head))
if confirmed == before then return confirmed end
redis.call('HSET', KEYS[1], 'confirmed', whole(confirmed))
if r[4] and confirmed == head then redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
else cut(KEYS[1], KEYS[2], r[1], head, confirmed, tonumber(r[5]), tonumber(r[6])) end
return confirmed
